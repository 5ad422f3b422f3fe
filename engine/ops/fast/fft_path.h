#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/path_outcome.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Returns whether this path can compute it: stride 1, one input channel a group, and a kernel whose
// reach leaves most of a tile usable.
bool fft_fits(const Shape& kernel, const Conv2dOptions& options);

// Returns the number of pairs of tiles that cover an output of this shape, which is what the
// transforms' cost depends on.
Index fft_tile_pairs(const Shape& kernel, const Shape& small, const Conv2dOptions& options);

// Convolves each plane by Fourier transforms of overlapping tiles (overlap-save; Oppenheim and
// Schafer, Discrete-Time Signal Processing). The error is about 1e-6 of the output's scale.
[[nodiscard]] PathOutcome fft_path(const Tensor& large, const Tensor& weight,
                                   std::span<const float> bias, const Conv2dOptions& options,
                                   Tensor& small, Workspace& workspace,
                                   const std::stop_token& stop);

}  // namespace convscope::engine::fast
