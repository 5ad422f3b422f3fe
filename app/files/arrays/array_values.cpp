#include "app/files/arrays/array_values.h"

#include <cmath>
#include <limits>
#include <string>

namespace convscope::files {

float float_of_half(std::uint16_t bits) {
  const float sign = (bits & 0x8000u) != 0 ? -1.0f : 1.0f;
  const int exponent = (bits >> 10) & 0x1F;
  const auto fraction = static_cast<float>(bits & 0x3FFu);
  if (exponent == 0x1F) {
    const float special = fraction == 0.0f ? std::numeric_limits<float>::infinity()
                                           : std::numeric_limits<float>::quiet_NaN();
    return std::copysign(special, sign);
  }
  if (exponent == 0) return sign * std::ldexp(fraction, -24);  // subnormal
  return sign * std::ldexp(fraction + 1024.0f, exponent - 25);
}

std::uint8_t checked_bool(const OpenArray& array, Index number, std::uint8_t byte) {
  if (byte > 1)
    throw damaged_array(array.label, array.format,
                        "its bool at " + array_place(array.header, number) + " is the byte " +
                            std::to_string(byte) + ", and only 0 and 1 are one");
  return byte;
}

void read_bytes(OpenArray& array, std::span<std::byte> to) {
  if (!array.bytes->read(reinterpret_cast<char*>(to.data()),
                         static_cast<std::streamsize>(to.size())))
    throw damaged_array(array.label, array.format, "its values can't be read to the end");
}

}  // namespace convscope::files
