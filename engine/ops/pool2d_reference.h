#pragma once

#include <span>

#include "engine/ops/pool2d.h"

// Pooling as plain loops, simple enough to verify by reading. Shapes are those of pool2d.h; the
// arguments must fit (pool2d_output_shape).
namespace convscope::engine::reference {

Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options);
Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape);
Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options);

}  // namespace convscope::engine::reference
