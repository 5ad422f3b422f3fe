#pragma once

#include "engine/core/tensor.h"

namespace convscope {

enum class Reduction { kSum, kMean };

// Squared errors of `prediction` against `target`, summed in double; the mean divides by the number
// of values. PyTorch's mse_loss. Throws Error where the shapes differ.
double squared_error(const Tensor& prediction, const Tensor& target, Reduction reduction);

// Its gradient for `prediction`: 2 (prediction - target), divided by the number of values for the
// mean.
void squared_error_grad(const Tensor& prediction, const Tensor& target, Reduction reduction,
                        Tensor& grad);

// The same loss, and `prediction` becomes the error: itself minus the target. In one pass, in
// parallel; the order of the sum depends on the number of values only.
double subtract_target(Tensor& prediction, const Tensor& target, Reduction reduction);

}  // namespace convscope
