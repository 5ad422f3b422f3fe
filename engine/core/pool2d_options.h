#pragma once

#include "engine/core/padding.h"
#include "engine/core/tensor.h"

namespace convscope {

enum class PoolKind { kMax, kAverage };

struct Pool2dOptions {
  PoolKind kind = PoolKind::kMax;
  Yx kernel{2, 2};
  Yx stride{2, 2};
  Padding padding;    // at most half the kernel on each side
  Yx dilation{1, 1};  // max only
  // Round the output size up; the last window must still start inside the input or its top or left
  // padding, else it is left out.
  bool ceil_mode = false;
  bool count_include_pad = true;  // average only
  Index divisor_override = 0;     // average only; 0 divides by the window's cells
  // Lets the padding be more than half the kernel, which PyTorch refuses and ONNX takes: windows
  // may then see nothing but padding.
  bool allow_large_padding = false;
  friend bool operator==(const Pool2dOptions&, const Pool2dOptions&) = default;
};

}  // namespace convscope
