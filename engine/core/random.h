#pragma once

#include <cstdint>

namespace convscope::engine {

// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). It gives
// the same numbers on every platform, which the standard library's distributions don't promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // Returns a number uniform in [lo, hi), from 24 random bits, so that every value is a float.
  float uniform(float lo, float hi) {
    const float unit = static_cast<float>(next() >> 40) * 0x1p-24f;
    return lo + (hi - lo) * unit;
  }

 private:
  std::uint64_t state_;
};

}  // namespace convscope::engine
