#pragma once

#include <iosfwd>

#include "app/cli/names.h"
#include "app/files/memory_limit.h"

namespace convscope::cli {

// What every command is given.
struct CommandContext {
  std::ostream& out;                 // the results of a command
  std::ostream& notes;               // further notes: standard error
  std::ostream* progress = nullptr;  // progress bars: standard error if it is a terminal
  MemoryLimit memory = {};           // limit for a command's arguments and results
  MemoryLimit scene_memory = {};     // limit for the results of a scene
};

}  // namespace convscope::cli
