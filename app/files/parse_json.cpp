#include "app/files/parse_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/files/json_literal.h"
#include "engine/core/error.h"

namespace convscope::files {
namespace {

// Builds the tree of values from the parser's events. The library's own builder searches an object
// for each of its keys and a list after each object in it, which takes hours for a few megabytes.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const std::stop_token& stop) : text_(text), stop_(stop) {}

  Json take() { return std::move(root_); }

  // The callbacks of the library; returning false ends the parsing.
  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json(value)); }
  bool number_integer(Json::number_integer_t value) { return add(Json(value)); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(Json(value)); }
  bool number_float(Json::number_float_t value, const std::string&) { return add(Json(value)); }
  bool string(std::string& value) { return add(Json(std::move(value))); }
  bool binary(Json::binary_t&) { return false; }  // JSON as text has no binary values
  bool start_object(std::size_t) { return open(Kind::kObject); }
  bool start_array(std::size_t) { return open(Kind::kArray); }
  bool key(std::string& name) {
    Level& level = open_.back();
    if (!level.names.insert(name).second) throw twice(name);
    level.keys.push_back(std::move(name));
    return !stop_.stop_requested();
  }
  bool end_object();
  bool end_array() {
    Json array = Json::array();
    array.get_ref<Json::array_t&>() = std::move(open_.back().values);
    return close(std::move(array));
  }
  bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& error);

 private:
  enum class Kind { kObject, kArray };
  struct Level {
    Kind kind;
    std::vector<std::string> keys;  // of an object: as many as values, or one more
    std::set<std::string> names;    // the same as a set, to find duplicates
    std::vector<Json> values;
  };

  bool open(Kind kind) {
    if (open_.size() == kMaxJsonDepth)
      throw Error("it has lists and objects in each other, deeper than " +
                  std::to_string(kMaxJsonDepth) + "; at most so many are accepted");
    open_.push_back({kind, {}, {}, {}});
    return !stop_.stop_requested();
  }
  bool add(Json value) {
    (open_.empty() ? root_ : open_.back().values.emplace_back()) = std::move(value);
    return !stop_.stop_requested();
  }
  bool close(Json value) {
    open_.pop_back();
    return add(std::move(value));
  }
  Error twice(const std::string& key) const {
    const bool inner = open_.size() >= 2 && open_[open_.size() - 2].kind == Kind::kObject;
    const std::string within =
        inner ? " in " + short_text(open_[open_.size() - 2].keys.back()) : "";
    return Error("it has the key " + short_text(key) + " twice" + within);
  }

  std::string_view text_;
  const std::stop_token& stop_;
  Json root_;
  std::vector<Level> open_;  // lists and objects around the current position, innermost last
};

bool TreeBuilder::end_object() {
  Level& level = open_.back();
  Json object = Json::object();
  auto& members = object.get_ref<Json::object_t&>();
  // Reserves room for all members first: the vector can't move its constant keys and would copy
  // them when growing.
  members.Json::object_t::Container::reserve(level.keys.size());
  for (std::size_t i = 0; i < level.keys.size(); ++i)
    members.Json::object_t::Container::emplace_back(std::move(level.keys[i]),
                                                    std::move(level.values[i]));
  return close(std::move(object));
}

bool TreeBuilder::parse_error(std::size_t byte, const std::string& token,
                              const nlohmann::detail::exception& error) {
  // For a number the position is its last byte; otherwise it is the first byte that is not JSON.
  const bool large = dynamic_cast<const nlohmann::json::out_of_range*>(&error) != nullptr;
  const std::size_t length = large ? token.size() : 1;
  const std::size_t at = std::min(text_.size(), byte - std::min(byte, length));
  const std::string_view before = text_.substr(0, at);
  const auto row = std::ranges::count(before, '\n') + 1;
  const std::size_t column = at - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  if (large) {
    constexpr std::size_t kMaxShown = 24;
    throw Error("the number " + token.substr(0, kMaxShown) + (token.size() > kMaxShown ? "…" : "") +
                " at line " + std::to_string(row) + ", column " + std::to_string(column) +
                " is too large; numbers are read up to 1.7e308");
  }
  throw Error("it is not valid JSON at line " + std::to_string(row) + ", column " +
              std::to_string(column) + foreign_literal_text(text_, at));
}

}  // namespace

std::optional<Json> parse_json(std::string_view text, const std::stop_token& stop) {
  TreeBuilder builder(text, stop);
  if (!Json::sax_parse(text, &builder)) return std::nullopt;
  return builder.take();
}

Json parse_json(std::string_view text) {
  return *parse_json(text, std::stop_token());
}

}  // namespace convscope::files
