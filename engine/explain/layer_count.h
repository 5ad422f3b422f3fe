#pragma once

#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"

namespace convscope::engine {

// The number of trainable parameters of a layer.
struct ParameterCount {
  Index weight = 0;
  Index bias = 0;
  Index total() const { return weight + bias; }
  friend bool operator==(const ParameterCount&, const ParameterCount&) = default;
};

// Returns the parameters of a convolution with weight [C_out, C_in / groups, kh, kw] and one bias
// for each output channel. For a transposed convolution, whose weight is [C_in, C_out / groups, kh,
// kw], pass its options.
inline ParameterCount conv2d_parameters(const Shape& weight, const Conv2dOptions& options = {}) {
  return {weight.numel(), options.transposed ? weight.c * options.groups : weight.n};
}

// Returns the parameters of a fully connected layer: one weight for each connection and one bias
// for each output.
inline ParameterCount linear_parameters(Index inputs, Index outputs) {
  return {inputs * outputs, outputs};
}

// Returns 0: max and average pooling have no parameters.
inline ParameterCount pool2d_parameters() {
  return {};
}

// Returns the multiply-adds of a convolution, kh·kw·C_in / groups for each output value; for a
// transposed one kh·kw·C_out / groups for each input value. Products with padding count too.
inline Index conv2d_multiply_adds(const Shape& input, const Shape& weight,
                                  const Conv2dOptions& options = {}) {
  const Shape output = conv2d_output_shape(input, weight, options);
  return (options.transposed ? input : output).numel() * weight.c * weight.h * weight.w;
}

// Returns the multiply-adds of a fully connected layer: one for each connection and picture of the
// batch.
inline Index linear_multiply_adds(Index inputs, Index outputs, Index batch = 1) {
  return inputs * outputs * batch;
}

// Returns the parameters of the fully connected layer between the same tensors, which computes
// every output value from every input value of its picture.
inline ParameterCount equivalent_linear_parameters(const Shape& input, const Shape& output) {
  return linear_parameters(input.c * input.h * input.w, output.c * output.h * output.w);
}

}  // namespace convscope::engine
