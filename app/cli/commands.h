#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

// The commands without a window.
namespace convscope::cli {

// Registers the commands with `app`, after the program's own options; parse() then also runs the
// command that was called. Everything that `context` refers to must exist until then. parse()
// throws CLI::ParseError or UsageError for a wrong call, and another Error for a failure; in all
// three cases no output was written. Flags take no value ("--bias=7" is refused).
void add_commands(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
