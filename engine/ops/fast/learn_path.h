#pragma once

#include <span>
#include <stop_token>

#include "engine/ops/conv2d.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine::fast {

// Computes what a step of gradient descent needs, tile by tile while a tile is in the first-level
// cache: the prediction, its error and the weight's gradient. learn_fits returns whether this path
// can do it: one input channel a group, stride and dilation 1, and kernels up to 11 x 11 (smaller
// on machines with fewer registers).
bool learn_fits(const Shape& weight, const Conv2dOptions& options);

// The results of a pass. The gradients are those of half the sum of squares.
struct LearnPass {
  Tensor& error;               // [N, C_out, H', W'], its shape already: prediction - target
  Tensor& grad_weight;         // has the weight's shape already
  std::span<float> grad_bias;  // C_out values, or empty
  double squares = 0.0;        // sum of the squared errors
};

// Fills `pass`. Returns false, with unspecified values in it, if stopped.
[[nodiscard]] bool learn_path(const Tensor& input, const Tensor& target, const Tensor& weight,
                              std::span<const float> bias, const Conv2dOptions& options,
                              LearnPass& pass, Workspace& workspace, const std::stop_token& stop);

}  // namespace convscope::engine::fast
