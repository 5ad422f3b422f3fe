#include "app/files/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "app/files/json_literal.h"
#include "engine/error.h"

namespace convscope {
namespace {

template <typename... Format>
std::string chars(Format... format) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), format...).ptr;
  return {text.data(), end};
}

// Reading rounds twice, to a double and then to a float, which is not always the nearest float.
bool reads_as(const std::string& text, float value) {
  double read = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), read);
  return static_cast<float>(read) == value;
}

std::string number_of(double value) {
  const auto narrow = static_cast<float>(value);
  return static_cast<double>(narrow) == value ? float_text(narrow) : chars(value);
}

void append(std::string& text, const Json& json, int indent) {
  const std::string line = "\n" + std::string(static_cast<std::size_t>(2 * indent), ' ');
  if (json.is_object()) {
    text += "{";
    for (auto it = json.begin(); it != json.end(); ++it) {
      text += (it == json.begin() ? "" : ",") + line + "  " + Json(it.key()).dump() + ": ";
      append(text, it.value(), indent + 1);
    }
    text += line + "}";
  } else if (json.is_array()) {
    const bool nested = std::ranges::any_of(json, [](const Json& j) { return j.is_structured(); });
    text += "[";
    for (std::size_t i = 0; i < json.size(); ++i) {
      text += i == 0 ? "" : nested ? "," : ", ";
      if (nested) text += line + "  ";
      append(text, json[i], indent + 1);
    }
    text += nested ? line + "]" : "]";
  } else if (json.is_number_float()) {
    text += number_of(json.get<double>());
  } else {
    text += json.dump();
  }
}

}  // namespace

std::string float_text(float value) {
  if (std::isnan(value)) return "\"nan\"";
  if (std::isinf(value)) return value > 0.0f ? "\"inf\"" : "\"-inf\"";
  if (value == 0.0f && std::signbit(value)) return "-0.0";  // "-0" would read as the integer 0
  std::string text = chars(value);
  if (!reads_as(text, value)) text = chars(static_cast<double>(value));
  return text;
}

std::string json_text(const Json& json) {
  try {
    std::string text;
    append(text, json, 0);
    return text + "\n";
  } catch (const nlohmann::json::type_error&) {
    throw Error("a name in it is not UTF-8, as JSON needs");
  }
}

std::string short_text(const Json& json) {
  constexpr std::size_t kMostValues = 8;
  constexpr std::size_t kMostLetters = 60;
  if (json.is_object()) return "an object";
  const bool plain = std::ranges::none_of(json, [](const Json& j) { return j.is_structured(); });
  if (json.is_array() && (json.size() > kMostValues || !plain)) return "an array";
  std::string text;
  append(text, json, 0);
  if (text.size() <= kMostLetters) return text;
  text.resize(kMostLetters);
  while (!text.empty() && (text.back() & 0xC0) == 0x80)
    text.pop_back();  // in the middle of a UTF-8 sequence
  if (!text.empty() && (text.back() & 0x80) != 0) text.pop_back();
  return text + "…";
}

namespace {

// Refuses an object that has a key twice, where JSON leaves open which of the values counts.
class KeyCheck {
 public:
  bool operator()(int, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      open_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      open_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      Keys& keys = open_.back();
      keys.last = parsed.get<std::string>();
      if (!keys.all.insert(keys.last).second) throw twice(keys.last);
    }
    return true;
  }

 private:
  struct Keys {
    std::set<std::string> all;
    std::string last;
  };

  Error twice(const std::string& key) const {
    const std::string within =
        open_.size() < 2 ? "" : " in " + short_text(open_[open_.size() - 2].last);
    return Error("it has the key " + short_text(key) + " twice" + within);
  }

  std::vector<Keys> open_;  // the objects around the place, the innermost last
};

}  // namespace

Json parse_json(std::string_view text) {
  try {
    KeyCheck check;
    return Json::parse(text, std::ref(check));
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t at = std::min(text.size(), error.byte == 0 ? 0 : error.byte - 1);
    const std::string_view before = text.substr(0, at);
    const auto row = std::ranges::count(before, '\n') + 1;
    const std::size_t column = at - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    throw Error("it is not valid JSON at line " + std::to_string(row) + ", column " +
                std::to_string(column) + foreign_literal_text(text, at));
  } catch (const nlohmann::json::out_of_range&) {
    throw Error("it is not valid JSON: it has a number that is too large");
  }
}

}  // namespace convscope
