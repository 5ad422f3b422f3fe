#pragma once

#include <string>
#include <string_view>

#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// The supported types; kOther stands for all others.
enum class ArrayType {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat16,
  kBfloat16,  // of safetensors; NumPy has none
  kFloat32,
  kFloat64,
  kOther,
};

// The meaning of the 'descr' of a .npy header.
struct ArrayDtype {
  ArrayType type = ArrayType::kOther;
  bool big_endian = false;
  Index size = 0;      // bytes of a value; 0 if unknown
  std::string name;    // "float32"; the code itself if NumPy has no such name for it
  std::string what;    // for kOther, what it holds: "complex numbers"
  std::string advice;  // for kOther, what to do about it: "save its .real or .imag"
};

// Parses any spelling that numpy.dtype accepts for a supported type: "<f4", "=f4", "f4", "float32",
// "f". "l" and "int" have 64 bits, as on Linux, and everywhere since NumPy 2. Never fails: an
// unknown type is kOther.
ArrayDtype array_dtype(std::string_view descr);

}  // namespace convscope::files
