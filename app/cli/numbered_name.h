#pragma once

#include <optional>
#include <string>

#include "app/cli/names.h"
#include "app/export/numbered_name.h"

namespace convscope::cli {

// Parses a name with a place for a number, such as "frame-%04d.png"; nullopt where the text has no
// '%'. Throws UsageError where it has one that is not part of a single "%d" or "%0Nd" with N from 1
// to 9.
std::optional<exports::NumberedName> parse_numbered_name(const std::string& option,
                                                         const std::string& text);

}  // namespace convscope::cli
