#pragma once

#include <span>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"

// Explains ∂L/∂w = Σ gradient · input: the gradient of a weight is the correlation of the input
// with the gradient of the output.
namespace convscope::engine {

// One product: the gradient of output[n, channel, output] times the value that the weight is
// multiplied with there.
struct GradientTerm {
  Index n = 0;
  Index channel = 0;  // output channel
  Index input_channel = 0;
  Yx output;
  Yx input;               // (-1, -1) for the constant 1 that a bias is multiplied with
  float gradient = 0.0f;  // of the output; in learning its error, which lacks `factor`
  float x = 0.0f;
  double product() const { return static_cast<double>(gradient) * static_cast<double>(x); }
  friend bool operator==(const GradientTerm&, const GradientTerm&) = default;
};

// The sum that makes the gradient of one parameter.
struct GradientSum {
  Index count = 0;    // number of products, zeros of the padding included
  Index nonzero = 0;  // number of products that are not 0
  // A loss that is a mean divides by so many outputs, which `factor` holds; 0 for any other.
  Index outputs = 0;
  double factor = 1.0;                // of the sum; learning has 2, or 2 / outputs for the mean
  double products = 0.0;              // sum of all products
  std::vector<GradientTerm> largest;  // descending by absolute value; equal ones row by row
  double value() const { return factor * products; }
};

// Returns the sum behind conv2d_grad_weight(...)[place], for all options. Keeps the `max_terms`
// largest products that are not 0. Takes one pass over a channel of the gradient. Throws Error
// where the shapes don't fit; asserts that the place lies in the weight.
GradientSum explain_grad_weight(const Tensor& input, const Tensor& grad_output,
                                const Shape& weight_shape, const Conv2dOptions& options,
                                const WeightPlace& place, std::size_t max_terms = 12);

// Returns the sum for several places together, as of a kernel that several channels share. All of
// them lie in the same row and column of the kernel: asserted.
GradientSum explain_grad_weight(const Tensor& input, const Tensor& grad_output,
                                const Shape& weight_shape, const Conv2dOptions& options,
                                std::span<const WeightPlace> places, std::size_t max_terms);

// Returns the sum behind conv2d_grad_bias, for output channels `first` to `end` - 1 together.
GradientSum explain_grad_bias(const Tensor& grad_output, Index first, Index end,
                              std::size_t max_terms = 12);

}  // namespace convscope::engine
