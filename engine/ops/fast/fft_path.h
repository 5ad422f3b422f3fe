#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/path_outcome.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// Stride 1, one input channel to a group, and a kernel whose reach leaves most of a tile.
bool fft_fits(const Shape& kernel, const Conv2dOptions& options);

// Pairs of tiles that cover an output of this shape: what the transforms cost.
Index fft_tile_pairs(const Shape& kernel, const Shape& small, const Conv2dOptions& options);

// Convolution of each plane by Fourier transforms of overlapping tiles (overlap-save). The error is
// about 1e-6 of the output's scale.
[[nodiscard]] PathOutcome fft_path(const Tensor& large, const Tensor& weight,
                                   std::span<const float> bias, const Conv2dOptions& options,
                                   Tensor& small, Workspace& workspace,
                                   const std::stop_token& stop);

}  // namespace convscope::fast
