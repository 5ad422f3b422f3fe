#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string_view>

#include "app/files/json_text.h"
#include "app/files/names.h"

namespace convscope::files {

// How deep lists and objects may be nested. A scene needs 7 levels.
inline constexpr std::size_t kMaxJsonDepth = 64;

// Parses a JSON text. Throws Error, with line and column and beginning "it is not valid JSON", for
// other texts, and also for a key that occurs twice in an object and for nesting deeper than
// kMaxJsonDepth, so that the result can be copied and visited recursively. Takes time in proportion
// to the text (for the keys of one object, times the logarithm of their number).
Json parse_json(std::string_view text);

// Does the same; returns nullopt if stopped, which is checked before each value.
std::optional<Json> parse_json(std::string_view text, const std::stop_token& stop);

}  // namespace convscope::files
