#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

namespace convscope::files {

// Converts the values of one file to float32 and records what float32 can't hold: whole numbers
// that are rounded, and float64 numbers that are too small or too large. Rounding of the last
// digits of float64 is expected and not recorded.
class ArrayRounding {
 public:
  template <std::integral T>
  float to_float(Index number, T value) {
    const auto kept = static_cast<float>(value);
    if constexpr (std::numeric_limits<T>::digits > std::numeric_limits<float>::digits) {
      if (const double off = whole_difference(value); off > 0.0)
        add(number, off, std::to_string(value), kept);
    }
    return kept;
  }
  float to_float(Index, float value) { return value; }
  float to_float(Index number, double value) {
    const auto kept = static_cast<float>(value);
    if (std::isinf(kept) && !std::isinf(value)) {
      add_beyond(number, value);
    } else if (std::abs(kept) < std::numeric_limits<float>::min() &&
               static_cast<double>(kept) != value && !std::isnan(value)) {
      add_small(number, value, kept);
    }
    return kept;
  }

  // Throws Error if a finite number was beyond float32.
  void require_within(const OpenArray& array) const;
  // Returns one sentence, without full stop, on what was not kept; empty if everything was.
  std::string note(const OpenArray& array) const;

 private:
  // Returns the distance from a whole number to the nearest float32.
  template <std::integral T>
  static double whole_difference(T value) {
    using Unsigned = std::make_unsigned_t<T>;
    // Avoids the overflow of -INT64_MIN.
    const Unsigned size =
        value < 0 ? Unsigned{0} - static_cast<Unsigned>(value) : static_cast<Unsigned>(value);
    return whole_difference_of(size);
  }
  static double whole_difference_of(std::uint64_t size);
  void add(Index number, double difference, const std::string& value, float kept);
  void add_small(Index number, double value, float kept);
  void add_beyond(Index number, double value);

  Index rounded_ = 0;     // number of values not kept exactly
  double largest_ = 0.0;  // largest difference
  Index place_ = 0;       // place of the value with that difference
  std::string value_;
  float kept_ = 0.0f;
  Index beyond_ = 0;  // number of finite values that become infinity in float32
  Index first_beyond_ = 0;
  double beyond_value_ = 0.0;
};

}  // namespace convscope::files
