#pragma once

#include <stop_token>

#include "app/session/backward.h"
#include "app/session/names.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/memory_need.h"

// The gradient of a convolution's input, with what shows how it comes about: the shares of the
// padding's cells around it, and the output's gradient spread by the stride.
namespace convscope::session {

// A spread plane of more cells than this is not made, as they would be too small to see; nor are
// planes that have more values than this altogether, 64 MB.
inline constexpr Index kMaxSpreadPlane = Index{1} << 20;
inline constexpr Index kMaxSpread = Index{1} << 24;

// Fills in `gradients.input` of `gradients.layer` from the gradient of its output, and `framed`,
// `spread` and `no_spread` too if the way is shown. Returns false if stopped.
bool find_input_gradient(const Tensor& grad_output, bool way, LayerGradients& gradients,
                         Conv2dWorkspace& workspace, const std::stop_token& stop);

// Returns the memory that `framed` and `spread` take for a layer of these shapes.
Bytes way_bytes(const Shape& input, const Shape& weight, const Shape& output,
                const Conv2dOptions& options);

}  // namespace convscope::session
