#pragma once

#include <string>
#include <string_view>

#include "engine/core/tensor.h"

namespace convscope {

// The types whose values are read; kOther stands for all that are not.
enum class NpyType {
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
  kFloat32,
  kFloat64,
  kOther,
};

// What the 'descr' of a .npy header means.
struct NpyDtype {
  NpyType type = NpyType::kOther;
  bool big_endian = false;
  Index size = 0;      // bytes of a value; 0 where that is not known
  std::string name;    // "float32"; as it is written where NumPy has no such name for it
  std::string what;    // of kOther, what it holds: "complex numbers"
  std::string advice;  // of kOther, what to do about it: "save its .real or .imag"
};

// Any spelling that numpy.dtype takes for a type that is read: "<f4", "=f4", "f4", "float32", "f".
// "l" and "int" have 64 bits, as on Linux and since NumPy 2 everywhere. Nothing is refused: what is
// not known is kOther.
NpyDtype npy_dtype(std::string_view descr);

}  // namespace convscope
