#pragma once

#include "engine/core/padding.h"
#include "engine/core/tensor.h"

namespace convscope::engine {

// Options of a convolution, with the names and defaults of torch.nn.Conv2d.
struct Conv2dOptions {
  Yx stride{1, 1};
  Padding padding;
  PaddingMode padding_mode = PaddingMode::kZeros;
  Yx dilation{1, 1};
  Index groups = 1;
  // Transposed convolution, torch.nn.ConvTranspose2d: the weight is [C_in, C_out / groups, kh, kw],
  // `padding` is cropped from the output, and `output_padding` is added to the output's bottom and
  // right.
  bool transposed = false;
  Yx output_padding{0, 0};
  friend bool operator==(const Conv2dOptions&, const Conv2dOptions&) = default;
};

}  // namespace convscope::engine
