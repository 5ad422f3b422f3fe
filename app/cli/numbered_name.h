#pragma once

#include <optional>
#include <string>

#include "app/cli/names.h"
#include "engine/core/tensor.h"

namespace convscope::cli {

// A name with a place for a number, such as "frame-%04d.png".
struct NumberedName {
  std::string before, after;
  std::size_t digits = 1;  // at least; shorter numbers get zeros before them
  std::string of(Index number) const;
};

// Parses it; nullopt where the text has no '%'. Throws UsageError where it has one that is not part
// of a single "%d" or "%0Nd" with N from 1 to 9.
std::optional<NumberedName> parse_numbered_name(const std::string& option, const std::string& text);

}  // namespace convscope::cli
