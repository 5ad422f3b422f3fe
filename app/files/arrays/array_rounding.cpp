#include "app/files/arrays/array_rounding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace convscope::files {
namespace {

// Writes the shortest text that is read back as the same value; whole numbers without an exponent.
template <typename T>
std::string plain(T value) {
  std::array<char, 32> text{};
  const bool whole = value == std::trunc(value) && std::abs(value) < T{1e20f};
  char* const last = text.data() + text.size();
  const auto end = whole ? std::to_chars(text.data(), last, value, std::chars_format::fixed).ptr
                         : std::to_chars(text.data(), last, value).ptr;
  return {text.data(), end};
}

}  // namespace

// Rounding keeps the first 24 binary digits; the digits after them are lost or rounded up.
double ArrayRounding::whole_difference_of(std::uint64_t size) {
  const int lost_digits =
      static_cast<int>(std::bit_width(size)) - std::numeric_limits<float>::digits;
  if (lost_digits <= 0) return 0.0;
  const std::uint64_t step = std::uint64_t{1} << lost_digits;
  const std::uint64_t lost = size & (step - 1);
  return static_cast<double>(std::min(lost, step - lost));
}

void ArrayRounding::add(Index number, double difference, const std::string& value, float kept) {
  ++rounded_;
  if (difference <= largest_) return;
  largest_ = difference;
  place_ = number;
  value_ = value;
  kept_ = kept;
}

void ArrayRounding::add_small(Index number, double value, float kept) {
  add(number, std::abs(value - static_cast<double>(kept)), plain(value), kept);
}

void ArrayRounding::add_beyond(Index number, double value) {
  if (beyond_++ > 0) return;
  first_beyond_ = number;
  beyond_value_ = value;
}

void ArrayRounding::require_within(const OpenArray& array) const {
  if (beyond_ > 0)
    throw Error("\"" + array.label + "\" has " + plain(beyond_value_) + " at " +
                array_place(array.header, first_beyond_) +
                ", which is beyond float32; values up to 3.4e38 are read");
}

std::string ArrayRounding::note(const OpenArray& array) const {
  const std::string of = " of its " + std::to_string(array.header.numel) + " values ";
  const auto are = [](Index count) { return count == 1 ? "is" : "are"; };
  std::string text;
  if (rounded_ > 0)
    text = std::to_string(rounded_) + of + are(rounded_) +
           " not exact in float32, in which this program computes; the largest difference is " +
           plain(largest_) + ": " + value_ + " at " + array_place(array.header, place_) +
           " becomes " + plain(kept_);
  if (beyond_ > 0)
    text += (text.empty() ? "" : ", and ") + std::to_string(beyond_) + of + are(beyond_) +
            " beyond float32: " + plain(beyond_value_) + " at " +
            array_place(array.header, first_beyond_) + " is the first";
  if (text.empty()) return text;
  return "\"" + array.label + "\" holds " + array.header.dtype.name + ", and " + text;
}

}  // namespace convscope::files
