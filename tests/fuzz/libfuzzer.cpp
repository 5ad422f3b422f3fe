#include <cstddef>
#include <cstdint>
#include <ctime>

#include "tests/fuzz/target.h"

// The entries by which libFuzzer calls a target.

namespace {

// Of the processor, whose time another program doesn't take as that of the clock on the wall.
constexpr double kMaxSeconds = 1.0;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  convscope::fuzz::prepare();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const double start = processor_seconds();
  convscope::fuzz::fuzz_one({reinterpret_cast<const char*>(data), size});
  convscope::fuzz::require(processor_seconds() - start <= kMaxSeconds,
                           "an input takes at most a second");
  return 0;
}
