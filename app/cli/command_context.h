#pragma once

#include <iosfwd>

#include "app/cli/names.h"
#include "app/files/memory_limit.h"

namespace convscope::cli {

// The arguments of every command.
struct CommandContext {
  std::ostream& out;                 // for the results of a command
  std::ostream& notes;               // for further notes: standard error
  std::ostream* progress = nullptr;  // for progress bars: standard error if it is a terminal
  MemoryLimit memory = {};           // limit for a command's arguments and results
  MemoryLimit scene_memory = {};     // limit for the results of a scene
};

}  // namespace convscope::cli
