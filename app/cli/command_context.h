#pragma once

#include <iosfwd>

#include "app/files/memory_limit.h"

namespace convscope {

// What every command is given.
struct CommandContext {
  std::ostream& out;                 // what a command tells
  std::ostream& notes;               // what is to be known beside it: standard error
  std::ostream* progress = nullptr;  // for progress bars: standard error where it is a terminal
  MemoryLimit memory = {};           // that a command's arguments and results may take
  MemoryLimit scene_memory = {};     // that the results of a scene may take
};

}  // namespace convscope
