#pragma once

#include <cstdint>
#include <string_view>

#include "engine/core/tensor.h"
#include "tests/fuzz/target.h"

namespace convscope::fuzz {

// Turns a fuzzer's input into choices, one byte each; after its end every choice is the least.
class Bytes {
 public:
  explicit Bytes(std::string_view input) : rest_(input) {}

  // Returns a number from `least` to `most`, which may be at most 255 apart.
  Index number(Index least, Index most) { return least + next() % (most - least + 1); }
  bool flag() { return next() % 2 == 1; }
  Yx pair(Index least, Index most) {
    const Index y = number(least, most);
    return {y, number(least, most)};
  }

 private:
  Index next() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  std::string_view rest_;
};

}  // namespace convscope::fuzz
