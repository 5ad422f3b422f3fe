#pragma once

#include <cstdint>

namespace convscope {

// What a decoder may use beside what the program has when it starts.
struct DecoderLimits {
  std::uint64_t memory = 0;   // bytes
  std::uint64_t seconds = 0;  // of processor time
};

// Whether the program was started with less memory than that, as by "ulimit -v". To be asked before
// the limits are set.
bool is_held_below(const DecoderLimits& limits);

// Takes from the calling process, for good, what decoding needs none of: new files, writing to
// files, other programs, new rights, a core dump, every system call but a handful; and bounds the
// rest. It ends when the thread that started it does. False where one of this could not be done,
// except for the filter of system calls, which some containers and kernels don't have: without it
// the other limits stand alone.
bool bind_decoder(const DecoderLimits& limits);

}  // namespace convscope
