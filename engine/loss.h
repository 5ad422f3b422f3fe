#pragma once

#include "engine/tensor.h"

namespace convscope {

enum class Reduction { kSum, kMean };

// Squared errors of `prediction` against `target`, summed in double; the mean divides by the number
// of values. PyTorch's mse_loss. Throws Error where the shapes differ.
double squared_error(const Tensor& prediction, const Tensor& target, Reduction reduction);

// Its gradient for `prediction`: 2 (prediction - target), divided by the number of values for the
// mean.
void squared_error_grad(const Tensor& prediction, const Tensor& target, Reduction reduction,
                        Tensor& grad);

}  // namespace convscope
