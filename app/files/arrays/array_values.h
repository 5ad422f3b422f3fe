#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "app/files/arrays/array_open.h"
#include "app/files/names.h"

// Visits the values of an open array, each as the type that the file has.
namespace convscope::files {

inline constexpr Index kArrayChunk = Index{1} << 16;  // number of values read at a time

// Converts IEEE 754 half precision; float32 has all its values.
float float_of_half(std::uint16_t bits);
// Converts bfloat16, the upper half of a float32.
inline float float_of_bfloat(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

// Returns a byte of numpy.bool_; throws Error unless it is 0 or 1.
std::uint8_t checked_bool(const OpenArray& array, Index number, std::uint8_t byte);

// Reads values into `to`; throws Error if the file ends.
void read_bytes(OpenArray& array, std::span<std::byte> to);

template <typename T>
T byte_swapped(T value) {
  auto bytes = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
  std::ranges::reverse(bytes);
  return std::bit_cast<T>(bytes);
}

// Visits the values, which must be of type T in the file.
template <typename T, typename Take>
void visit_values_as(OpenArray& array, const Take& take) {
  std::vector<T> chunk(static_cast<std::size_t>(std::min(kArrayChunk, array.header.numel)));
  for (Index done = 0; done < array.header.numel;) {
    const Index count = std::min(kArrayChunk, array.header.numel - done);
    const std::span<T> values(chunk.data(), static_cast<std::size_t>(count));
    read_bytes(array, std::as_writable_bytes(values));
    for (const T value : values) {
      take(done, array.header.dtype.big_endian ? byte_swapped(value) : value);
      ++done;
    }
  }
}

// Calls take(number, value) for every value in the file's order, `number` counted from 0. float16
// is passed as float, and bool as 0 or 1. Throws Error for unsupported types.
template <typename Take>
void visit_values(OpenArray& array, const Take& take) {
  switch (array.header.dtype.type) {
    case ArrayType::kBool:
      return visit_values_as<std::uint8_t>(array, [&](Index number, std::uint8_t byte) {
        take(number, checked_bool(array, number, byte));
      });
    case ArrayType::kInt8:
      return visit_values_as<std::int8_t>(array, take);
    case ArrayType::kInt16:
      return visit_values_as<std::int16_t>(array, take);
    case ArrayType::kInt32:
      return visit_values_as<std::int32_t>(array, take);
    case ArrayType::kInt64:
      return visit_values_as<std::int64_t>(array, take);
    case ArrayType::kUint8:
      return visit_values_as<std::uint8_t>(array, take);
    case ArrayType::kUint16:
      return visit_values_as<std::uint16_t>(array, take);
    case ArrayType::kUint32:
      return visit_values_as<std::uint32_t>(array, take);
    case ArrayType::kUint64:
      return visit_values_as<std::uint64_t>(array, take);
    case ArrayType::kFloat16:
      return visit_values_as<std::uint16_t>(
          array, [&](Index number, std::uint16_t bits) { take(number, float_of_half(bits)); });
    case ArrayType::kBfloat16:
      return visit_values_as<std::uint16_t>(
          array, [&](Index number, std::uint16_t bits) { take(number, float_of_bfloat(bits)); });
    case ArrayType::kFloat32:
      return visit_values_as<float>(array, take);
    case ArrayType::kFloat64:
      return visit_values_as<double>(array, take);
    case ArrayType::kOther:
      return require_readable(array);
  }
}

}  // namespace convscope::files
