#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine {

// How the cells added around the input get their values; padding_source draws each mode.
enum class PaddingMode { kZeros, kReflect, kReplicate, kCircular };

// Number of cells added on each side of the input.
struct Padding {
  Index top = 0;
  Index left = 0;
  Index bottom = 0;
  Index right = 0;
  friend bool operator==(const Padding&, const Padding&) = default;
};

// Returns the input cell whose value stands at position i of an axis with n cells, or -1 for a
// zero. Positions below 0 and from n on are padding. For n = 3, i = -2 .. 4:
//
//   zeros      -1 -1 | 0 1 2 | -1 -1
//   reflect     2  1 | 0 1 2 |  1  0    the border cell is not repeated
//   replicate   0  0 | 0 1 2 |  2  2
//   circular    1  2 | 0 1 2 |  0  1
//
// Reflect can pad at most n - 1 cells on a side and circular at most n; conv2d_output_shape refuses
// more.
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

// Returns the padded input: [N, C, H + top + bottom, W + left + right].
Tensor pad(const Tensor& input, const Padding& padding, PaddingMode mode);

// Returns PyTorch's name: "zeros", "reflect", "replicate" or "circular".
const char* name(PaddingMode mode);

}  // namespace convscope::engine
