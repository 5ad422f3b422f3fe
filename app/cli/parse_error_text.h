#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace convscope {

// What was wrong with a call that `app` refused, as a sentence like the program's own, without the
// full stop: "--steps is "abc"; it must be a whole number".
std::string parse_error_text(const CLI::App& app, const CLI::ParseError& error);

}  // namespace convscope
