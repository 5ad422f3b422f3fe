#pragma once

#include <filesystem>
#include <limits>
#include <string>

#include "app/files/names.h"
#include "engine/ops/memory_need.h"

namespace convscope::files {

// A limit for the memory of all results that exist at the same time; unlimited by default.
struct MemoryLimit {
  Bytes bytes = std::numeric_limits<Bytes>::infinity();
  std::string origin = {};  // "an eighth of this machine's memory", for messages
  friend bool operator==(const MemoryLimit&, const MemoryLimit&) = default;
};

// Returns the most memory that the program can have: the machine's, or less where its control group
// or a limit of the process (ulimit -v) says so. Reads the system's files below `root`.
MemoryLimit program_memory(const std::filesystem::path& root = "/");

// Returns the limit for the results of one evaluation of a scene. The window keeps up to five sets
// of results, those on the screen and those being computed, and learns besides.
MemoryLimit scene_memory_limit();
// Returns the limit for the sums, target and errors of a training run, besides those results.
MemoryLimit learning_memory_limit();
// Returns the limit for the arguments and results of one command.
MemoryLimit command_memory_limit();

// Writes an amount: "17.1 GB", "512 MB", "24 bytes".
std::string bytes_text(Bytes bytes);

// Writes the limit for a message, without the leading "they": "may take 2.9 GB altogether, an
// eighth of this machine's memory".
std::string allowed_text(const MemoryLimit& limit);

}  // namespace convscope::files
