#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "app/files/arrays/npy_open.h"
#include "app/files/names.h"

// Visits the values of an open .npy file, each as the type that the file has.
namespace convscope::files {

inline constexpr Index kNpyChunk = Index{1} << 16;  // number of values read at a time

// Converts IEEE 754 half precision; float32 has all its values.
float float_of_half(std::uint16_t bits);

// Returns a byte of numpy.bool_; throws Error unless it is 0 or 1.
std::uint8_t checked_bool(const OpenNpy& npy, Index number, std::uint8_t byte);

// Reads values into `to`; throws Error if the file ends.
void read_npy_bytes(OpenNpy& npy, std::span<std::byte> to);

template <typename T>
T byte_swapped(T value) {
  auto bytes = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
  std::ranges::reverse(bytes);
  return std::bit_cast<T>(bytes);
}

// Visits the values, which must be of type T in the file.
template <typename T, typename Take>
void visit_npy_values_as(OpenNpy& npy, const Take& take) {
  std::vector<T> chunk(static_cast<std::size_t>(std::min(kNpyChunk, npy.header.numel)));
  for (Index done = 0; done < npy.header.numel;) {
    const Index count = std::min(kNpyChunk, npy.header.numel - done);
    const std::span<T> values(chunk.data(), static_cast<std::size_t>(count));
    read_npy_bytes(npy, std::as_writable_bytes(values));
    for (const T value : values) {
      take(done, npy.header.dtype.big_endian ? byte_swapped(value) : value);
      ++done;
    }
  }
}

// Calls take(number, value) for every value in the file's order, `number` counted from 0. float16
// is passed as float, and bool as 0 or 1. Throws Error for unsupported types.
template <typename Take>
void visit_npy_values(OpenNpy& npy, const Take& take) {
  switch (npy.header.dtype.type) {
    case NpyType::kBool:
      return visit_npy_values_as<std::uint8_t>(npy, [&](Index number, std::uint8_t byte) {
        take(number, checked_bool(npy, number, byte));
      });
    case NpyType::kInt8:
      return visit_npy_values_as<std::int8_t>(npy, take);
    case NpyType::kInt16:
      return visit_npy_values_as<std::int16_t>(npy, take);
    case NpyType::kInt32:
      return visit_npy_values_as<std::int32_t>(npy, take);
    case NpyType::kInt64:
      return visit_npy_values_as<std::int64_t>(npy, take);
    case NpyType::kUint8:
      return visit_npy_values_as<std::uint8_t>(npy, take);
    case NpyType::kUint16:
      return visit_npy_values_as<std::uint16_t>(npy, take);
    case NpyType::kUint32:
      return visit_npy_values_as<std::uint32_t>(npy, take);
    case NpyType::kUint64:
      return visit_npy_values_as<std::uint64_t>(npy, take);
    case NpyType::kFloat16:
      return visit_npy_values_as<std::uint16_t>(
          npy, [&](Index number, std::uint16_t bits) { take(number, float_of_half(bits)); });
    case NpyType::kFloat32:
      return visit_npy_values_as<float>(npy, take);
    case NpyType::kFloat64:
      return visit_npy_values_as<double>(npy, take);
    case NpyType::kOther:
      return require_readable(npy);
  }
}

}  // namespace convscope::files
