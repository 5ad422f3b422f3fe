#include "engine/relu.h"

#include "engine/error.h"

namespace convscope {

Tensor relu(const Tensor& input) {
  Tensor output;
  relu_into(input, output);
  return output;
}

void relu_into(const Tensor& input, Tensor& output) {
  output.resize(input.shape());
  const float* from = input.data();
  float* to = output.data();
  for (Index i = 0; i < input.numel(); ++i)
    to[i] = from[i] <= 0.0f ? 0.0f : from[i];  // false for NaN
}

Tensor relu_grad(const Tensor& grad_output, const Tensor& input) {
  if (grad_output.shape() != input.shape())
    throw Error("output gradient " + to_string(grad_output.shape()) + " does not fit input " +
                to_string(input.shape()) + ": ReLU keeps the shape");
  Tensor result;
  result.resize(input.shape());
  for (Index i = 0; i < input.numel(); ++i)
    result.data()[i] = input.data()[i] > 0.0f ? grad_output.data()[i] : 0.0f;
  return result;
}

}  // namespace convscope
