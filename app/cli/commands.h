#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

// The commands without a window: conv2d, conv2d-grad, pool2d, learn, info.
namespace convscope {

// Registers the commands with `app`, after the program's own options; parse() then also runs the
// one that was called. What `context` refers to must live until then. parse() throws
// CLI::ParseError and UsageError for a wrong call and another Error for a failure; in all three
// cases no output was written. A flag takes no value ("--bias=7").
void add_commands(CLI::App& app, const CommandContext& context);

}  // namespace convscope
