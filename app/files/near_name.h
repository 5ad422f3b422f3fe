#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/files/names.h"

// Help with names that were mistyped.
namespace convscope::files {

// Returns the name that differs from `word` in the fewest letters; empty if none is near.
std::string_view nearest_name(std::string_view word, std::span<const std::string> names);

// Ends a message about an unknown name: `; did you mean "output"?` where one is near, else "; known
// are input, output".
std::string name_help(std::string_view word, std::span<const std::string> names);

// Returns a text of a file for a message, in quotes and cut where it is long.
std::string in_quotes(std::string_view text);

}  // namespace convscope::files
