#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

// The commands without a window: conv2d, conv2d-grad, pool2d, learn and info.
namespace convscope {

struct CommandContext {
  std::ostream& out;                 // the results of a command
  std::ostream& notes;               // further notes: standard error
  std::ostream* progress = nullptr;  // progress bars: standard error if it is a terminal
  MemoryLimit memory = {};           // limit for a command's arguments and results
  MemoryLimit scene_memory = {};     // limit for the results of a scene
};

// Registers the commands with `app`, after the program's own options; parse() then also runs the
// command that was called. Everything that `context` refers to must exist until then. parse()
// throws CLI::ParseError or UsageError for a wrong call, and another Error for a failure; in all
// three cases no output was written. Flags take no value ("--bias=7" is refused).
void add_commands(CLI::App& app, const CommandContext& context);

// Register the single commands, each in its own file.
void add_conv2d(CLI::App& app, const CommandContext& context);
void add_conv2d_grad(CLI::App& app, const CommandContext& context);
void add_pool2d(CLI::App& app, const CommandContext& context);
void add_learn(CLI::App& app, const CommandContext& context);
void add_info(CLI::App& app, const CommandContext& context);

}  // namespace convscope
