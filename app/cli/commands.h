#pragma once

#include <iosfwd>

#include "app/files/memory_limit.h"

namespace CLI {
class App;
}

// The commands without a window: conv2d, conv2d-grad, pool2d, learn, info.
namespace convscope {

struct CommandContext {
  std::ostream& out;                 // what a command tells
  std::ostream& notes;               // what is to be known beside it: standard error
  std::ostream* progress = nullptr;  // for progress bars: standard error where it is a terminal
  MemoryLimit memory = {};           // that a command's arguments and results may take
  MemoryLimit scene_memory = {};     // that the results of a scene may take
};

// Registers the commands with `app`, after the program's own options; parse() then also runs the
// one that was called. What `context` refers to must live until then. parse() throws
// CLI::ParseError and UsageError for a wrong call and another Error for a failure; in all three
// cases no output was written. A flag takes no value ("--bias=7").
void add_commands(CLI::App& app, const CommandContext& context);

// The single ones, each in its own file.
void add_conv2d(CLI::App& app, const CommandContext& context);
void add_conv2d_grad(CLI::App& app, const CommandContext& context);
void add_pool2d(CLI::App& app, const CommandContext& context);
void add_learn(CLI::App& app, const CommandContext& context);
void add_info(CLI::App& app, const CommandContext& context);

}  // namespace convscope
