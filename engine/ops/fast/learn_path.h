#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::fast {

// What a step of gradient descent needs, tile by tile while a tile is in the first-level cache: the
// prediction, its error, and the weight's gradient. For one input channel to a group, stride and
// dilation 1, and kernels up to 11 x 11 (less on machines with fewer registers).
bool learn_fits(const Shape& weight, const Conv2dOptions& options);

// The outcome of a pass; the gradients are of half the sum of squares.
struct LearnPass {
  Tensor& error;               // [N, C_out, H', W'], which it has already: prediction - target
  Tensor& grad_weight;         // has the weight's shape
  std::span<float> grad_bias;  // C_out values, or none
  double squares = 0.0;        // the sum of the squared errors
};

// False, with unspecified values in `pass`, if stopped.
[[nodiscard]] bool learn_path(const Tensor& input, const Tensor& target, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              LearnPass& pass, Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::fast
