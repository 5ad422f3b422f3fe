#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string_view>

#include "app/files/json_text.h"

namespace convscope {

// Lists and objects that may stand in each other. A scene needs 7.
inline constexpr std::size_t kMostJsonDepth = 64;

// Throws Error with the line and column where the text is not JSON; it begins "it is not valid
// JSON". An object that has a key twice is an Error with the key, and so is nesting deeper than
// kMostJsonDepth: what is read can be copied and walked through recursively.
// Takes time in proportion to the text (keys of one object: times the logarithm of their number).
Json parse_json(std::string_view text);

// The same. Nothing where it was stopped, which is looked at before each value.
std::optional<Json> parse_json(std::string_view text, const std::stop_token& stop);

}  // namespace convscope
