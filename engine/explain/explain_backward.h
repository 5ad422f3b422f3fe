#pragma once

#include <span>
#include <vector>

#include "engine/core/weight_place.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// The arithmetic behind one number of a gradient that goes backward through a convolution, a
// pooling or a ReLU. Products and sums are in double. The gradients of a convolution's parameters
// are explained in explain_grad_weight.h.
namespace convscope::engine {

// One product of an input cell's gradient: the gradient of an output that summed the cell, times
// the weight by which it did so.
struct BackwardTerm {
  Index channel = 0;  // output channel
  Yx output;
  WeightPlace weight;
  float gradient = 0.0f;
  float w = 0.0f;
  double product() const { return static_cast<double>(gradient) * static_cast<double>(w); }
  friend bool operator==(const BackwardTerm&, const BackwardTerm&) = default;
};

// The sum that makes the gradient of one input cell.
struct BackwardSum {
  Index count = 0;     // number of products
  Index nonzero = 0;   // number of products that are not 0
  double total = 0.0;  // sum of all products
  // Descending by absolute value; equal ones by output channel, output cell and weight.
  std::vector<BackwardTerm> largest;
};

// Returns the sum behind conv2d_grad_input(...)[n, channel, cell.y, cell.x], for all options. An
// output that meets copies of the cell in the padding has a term for each. Keeps the `max_terms`
// largest products that are not 0.
//
// The cell may also lie in the padding of an ordinary convolution, above and left of (0, 0) by up
// to (top, left), or beyond the input by up to (bottom, right). Then this is the sum behind its
// cell of conv2d_grad_padded_input: what falls off where the padding is zeros, and else what is
// added to the cell that it is a copy of. With padding_mode zeros, the sum for a cell inside has no
// share of its copies either.
//
// Throws Error where the shapes don't fit; asserts that the cell exists.
BackwardSum explain_grad_input(const Tensor& grad_output, const Tensor& weight,
                               const Shape& input_shape, const Conv2dOptions& options, Index n,
                               Index channel, Yx cell, std::size_t max_terms = 12);

// The gradient of one pooled cell, or its share for one of the cells of an average.
struct PoolBackwardTerm {
  Yx pooled;
  float gradient = 0.0f;
  double divisor = 1.0;  // of the average; 1 for max pooling
  double product() const { return static_cast<double>(gradient) / divisor; }
  friend bool operator==(const PoolBackwardTerm&, const PoolBackwardTerm&) = default;
};

// The sum that makes the gradient of one cell of a pooling's input.
struct PoolBackwardSum {
  PoolKind kind = PoolKind::kMax;
  Index windows = 0;  // windows that cover the cell
  // Pooled cells that hand it their gradient: all windows of an average, those that it has won of a
  // max pooling.
  Index count = 0;
  Index nonzero = 0;  // those whose gradient is not 0
  // Windows in which another cell with the same value has won, as it comes first; max pooling only.
  Index tied = 0;
  double total = 0.0;
  // Descending by absolute value; equal ones row by row.
  std::vector<PoolBackwardTerm> largest;
};

// Returns the sum behind the cell [n, channel, cell.y, cell.x] of max_pool2d_grad or
// avg_pool2d_grad. `input` is the pooling's input and `indices` are those of pool2d, for max
// pooling; an average needs none. Throws Error where the shapes don't fit, and where there is not
// one index for each pooled cell; asserts that the cell exists.
PoolBackwardSum explain_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                                  const Tensor& input, const Pool2dOptions& options, Index n,
                                  Index channel, Yx cell, std::size_t max_terms = 12);

// How the gradient of one cell goes backward through ReLU.
struct ReluBackward {
  float value = 0.0f;     // what went into ReLU
  float gradient = 0.0f;  // of what came out
  bool passes = false;    // the mask: whether relu_grad lets the gradient through
  float result() const { return passes ? gradient : 0.0f; }
};

// Returns this for the cell [n, channel, cell.y, cell.x] of relu_grad. Throws Error where the
// shapes differ.
ReluBackward explain_relu_grad(const Tensor& grad_output, const Tensor& input, Index n,
                               Index channel, Yx cell);

}  // namespace convscope::engine
