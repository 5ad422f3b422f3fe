#pragma once

#include <stop_token>

#include "engine/ops/conv2d_plan.h"

// The gradient of the padding around a convolution's input, where the padding is made of copies.
namespace convscope::engine {

// Returns whether the ring of padding around the input is so thin that computing it on its own
// costs little beside the gradient of the input itself.
bool ring_is_thin(const Shape& input, const Padding& padding);

// Computes the gradient of each cell of the padding as the correlation of `grad_output` with
// `rotated` (rotated_180 of the weight), for stride 1, and adds it to the cell of `grad_input` that
// it is a copy of: first the rows above the input, then those below, then the columns on the left
// and on the right, so that the order of each sum is fixed. Returns false if stopped.
[[nodiscard]] bool add_ring_gradient(const Tensor& grad_output, const Tensor& rotated,
                                     const Conv2dOptions& options, Tensor& grad_input,
                                     Conv2dWorkspace& workspace, const std::stop_token& stop);

// Returns how many rows of a part of the ring, `width` cells wide and `height` high, are computed
// at once: as many as keep the memory for them small.
Index ring_rows_at_once(const Shape& input, Index height, Index width);

}  // namespace convscope::engine
