#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine {

// How squared errors become a loss: their sum, or their mean over all values.
enum class Reduction { kSum, kMean };

// Returns the squared error of `prediction` against `target`, summed in double; kMean divides by
// the number of values (torch.nn.functional.mse_loss). Throws Error where the shapes differ.
double squared_error(const Tensor& prediction, const Tensor& target, Reduction reduction);

// Writes the loss's gradient with respect to `prediction` into `grad`, which is resized: 2
// (prediction - target), divided by the number of values for kMean. Throws Error where the shapes
// differ.
void squared_error_grad(const Tensor& prediction, const Tensor& target, Reduction reduction,
                        Tensor& grad);

// Returns the same loss and turns `prediction` into the error, prediction - target, in one parallel
// pass. The order of the sum depends only on the number of values. Throws Error where the shapes
// differ.
double subtract_target(Tensor& prediction, const Tensor& target, Reduction reduction);

}  // namespace convscope::engine
