#pragma once

#include "engine/core/tensor.h"

namespace convscope {

enum class PaddingMode { kZeros, kReflect, kReplicate, kCircular };

// Cells added on each side of the input.
struct Padding {
  Index top = 0;
  Index left = 0;
  Index bottom = 0;
  Index right = 0;
  friend bool operator==(const Padding&, const Padding&) = default;
};

// Which input cell stands at position i of an axis with n cells, where i may lie in the padding
// (below 0, or n and above): -1 for a zero. E.g. n = 3, i = -2 .. 4:
//
//   zeros      -1 -1 | 0 1 2 | -1 -1
//   reflect     2  1 | 0 1 2 |  1  0    the border cell is not repeated
//   replicate   0  0 | 0 1 2 |  2  2
//   circular    1  2 | 0 1 2 |  0  1
//
// Reflect reaches n - 1 cells out, circular n: more is refused by conv2d_output_shape.
inline Index padding_source(Index i, Index n, PaddingMode mode) {
  if (i >= 0 && i < n) return i;
  switch (mode) {
    case PaddingMode::kZeros:
      return -1;
    case PaddingMode::kReflect:
      return i < 0 ? -i : 2 * (n - 1) - i;
    case PaddingMode::kReplicate:
      return i < 0 ? 0 : n - 1;
    case PaddingMode::kCircular:
      return i < 0 ? i + n : i - n;
  }
  return -1;
}

// The input with its ring of padding: [N, C, H + top + bottom, W + left + right].
Tensor pad(const Tensor& input, const Padding& padding, PaddingMode mode);

// "zeros", "reflect", "replicate", "circular": PyTorch's names.
const char* name(PaddingMode mode);

}  // namespace convscope
