#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// The arithmetic behind one number. Products and sums are in double.
namespace convscope::engine {

// One product of the sum that makes an output cell.
struct Term {
  Yx weight;  // position in the kernel
  Yx input;   // position in the input; outside of it where it is padding
  // Whether the input value is padding: a zero, or a copy in another padding mode.
  bool padded = false;
  float x = 0.0f;
  float w = 0.0f;
  Index channel = 0;  // input channel
  double product() const { return static_cast<double>(x) * static_cast<double>(w); }
};

// The sum that makes one output cell.
struct CellSum {
  std::vector<Term> terms;  // by channel, then row by row of the kernel
  float bias = 0.0f;
  double value = 0.0;  // the bias plus all products
};

// Returns the sum behind output[n, channel, output.y, output.x] of conv2d, for all options; zeros
// of the padding are terms too. Throws Error as conv2d does.
CellSum explain_output(const Tensor& input, const Tensor& weight, std::span<const float> bias,
                       const Conv2dOptions& options, Index n, Index channel, Yx output);

// Does the same where one kernel [1, 1, kh, kw] is applied to every channel of the first picture;
// options.groups is ignored.
CellSum explain_cell(const Tensor& input, Index channel, const Tensor& weight, float bias,
                     const Conv2dOptions& options, Yx output);

// A value that a pooling window covers.
struct PooledCell {
  Yx cell;
  float value = 0.0f;
};

// The values that a pooled value is made of.
struct PooledSum {
  std::vector<PooledCell> cells;  // the cells under the window, row by row, without padding
  Index padded = 0;               // positions of the window in the padding or beyond it
  std::optional<Yx> winner;       // the cell with the largest value; max pooling only
  double sum = 0.0;               // average pooling only
  double divisor = 0.0;
  double value = 0.0;  // the largest value, or sum / divisor
};

// Returns the sum or the winner behind pooled[n, channel, pooled.y, pooled.x]. Throws Error as
// pool2d does.
PooledSum explain_pooled(const Tensor& input, const Pool2dOptions& options, Index n, Index channel,
                         Yx pooled);

}  // namespace convscope::engine
