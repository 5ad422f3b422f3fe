#pragma once

#include <cstdint>

#include "app/files/names.h"

namespace convscope::files {

// What a decoder may use, in addition to what the program uses when it starts.
struct DecoderLimits {
  std::uint64_t memory = 0;   // bytes
  std::uint64_t seconds = 0;  // seconds of processor time
};

// Returns whether the program was started with a lower memory limit, for example by "ulimit -v".
// Must be called before the limits are set.
bool memory_limit_is_below(const DecoderLimits& limits);

// Permanently takes away from the calling process what decoding doesn't need: creating and writing
// files, starting programs, gaining rights, dumping core and all but a few system calls; and sets
// the limits. The process also ends when its parent thread does. Returns false if any of this
// failed, except for the system call filter, which some containers and kernels don't support; the
// other limits then have to do.
bool confine_decoder(const DecoderLimits& limits);

}  // namespace convscope::files
