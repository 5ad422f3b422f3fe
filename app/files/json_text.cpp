#include "app/files/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/core/error.h"

namespace convscope::files {
namespace {

template <typename... Format>
std::string chars(Format... format) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), format...).ptr;
  return {text.data(), end};
}

// JSON readers round twice, to double and then to float, which does not always give the nearest
// float.
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
  if (value == 0.0f && std::signbit(value)) return "-0.0";  // "-0" would be read as the integer 0
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

namespace {

constexpr std::size_t kMaxLetters = 60;

// Returns at most `most` bytes, ending with a whole UTF-8 character.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t size = most;
  while (size > 0 && (text[size] & 0xC0) == 0x80)
    --size;
  return text.substr(0, size);
}

// Appends a value for a message. A text is cut before it is quoted, because it may have megabytes.
void append_short(std::string& text, const Json& json) {
  if (!json.is_string()) return append(text, json, 0);
  append(text, Json(cut(json.get_ref<const std::string&>(), kMaxLetters + 1)), 0);
}

}  // namespace

std::string short_text(const Json& json) {
  constexpr std::size_t kMaxShown = 8;
  if (json.is_object()) return "an object";
  if (json.is_array() && json.size() > kMaxShown) return "an array";
  if (json.is_array() && std::ranges::any_of(json, [](const Json& j) { return j.is_structured(); }))
    return "an array";
  std::string text;
  if (json.is_array()) {
    text = "[";
    for (const Json& value : json) {
      if (text.size() > 1) text += ", ";
      append_short(text, value);
    }
    text += "]";
  } else {
    append_short(text, json);
  }
  if (text.size() <= kMaxLetters) return text;
  return std::string(cut(text, kMaxLetters)) + "…";
}

}  // namespace convscope::files
