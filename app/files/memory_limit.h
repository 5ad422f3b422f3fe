#pragma once

#include <filesystem>
#include <limits>
#include <string>

#include "engine/ops/memory_need.h"

namespace convscope {

// How much memory results may take, all that are there at once; by default without a bound.
struct MemoryLimit {
  Bytes bytes = std::numeric_limits<Bytes>::infinity();
  std::string origin = {};  // "an eighth of this machine's memory", for messages
  friend bool operator==(const MemoryLimit&, const MemoryLimit&) = default;
};

// What the program can have at most: the machine's memory, or less where the control group that it
// runs in, or a limit of the process (ulimit -v), holds it to that. The files of the system are
// read below `root`.
MemoryLimit program_memory(const std::filesystem::path& root = "/");

// What the results of one evaluation of a scene may take. The window keeps those that it shows
// while it computes the next ones, up to five sets of them, and learns beside that.
MemoryLimit scene_memory_limit();
// What the sums, the target and the errors of a run of learning may take, beside those results.
MemoryLimit learning_memory_limit();
// What one command's arguments and results may take.
MemoryLimit command_memory_limit();

// "17.1 GB", "512 MB", "24 bytes".
std::string bytes_text(Bytes bytes);

// "they may take 2.9 GB altogether, an eighth of this machine's memory"; without "they".
std::string allowed_text(const MemoryLimit& limit);

}  // namespace convscope
