#pragma once

#include <string>

#include "app/cli/names.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace convscope::cli {

// Returns what is wrong with a call that `app` refused, as a sentence in the program's style,
// without full stop: "--steps is "abc"; it must be a whole number".
std::string parse_error_text(const CLI::App& app, const CLI::ParseError& error);

}  // namespace convscope::cli
