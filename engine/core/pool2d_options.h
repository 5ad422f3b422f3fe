#pragma once

#include "engine/core/padding.h"
#include "engine/core/tensor.h"

namespace convscope::engine {

enum class PoolKind { kMax, kAverage };

// Options of a pooling, with the names of torch.nn.MaxPool2d and torch.nn.AvgPool2d.
struct Pool2dOptions {
  PoolKind kind = PoolKind::kMax;
  Yx kernel{2, 2};
  Yx stride{2, 2};
  Padding padding;    // at most half the kernel on each side, unless allow_large_padding
  Yx dilation{1, 1};  // max pooling only
  // Rounds the output size up instead of down. As in PyTorch, a last window that would start beyond
  // the input and its top or left padding is left out.
  bool ceil_mode = false;
  bool count_include_pad = true;  // average pooling only
  Index divisor_override = 0;     // average pooling only; 0 divides by the window's size
  // Accepts a padding of more than half the kernel, as ONNX does and PyTorch does not. Windows may
  // then cover nothing but padding.
  bool allow_large_padding = false;
  friend bool operator==(const Pool2dOptions&, const Pool2dOptions&) = default;
};

}  // namespace convscope::engine
