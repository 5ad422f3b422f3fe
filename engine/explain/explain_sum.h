#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// The arithmetic behind one number. Products and sums are in double.
namespace convscope {

// One product of the sum that makes an output cell.
struct Term {
  Yx weight;            // its place in the kernel
  Yx input;             // its place in the input, outside where it is padding
  bool padded = false;  // a zero that padding added, or a copy by another padding mode
  float x = 0.0f;
  float w = 0.0f;
  Index channel = 0;  // of the input
  double product() const { return static_cast<double>(x) * static_cast<double>(w); }
};

struct CellSum {
  std::vector<Term> terms;  // by channel, then in reading order of the kernel
  float bias = 0.0f;
  double value = 0.0;  // bias plus all products
};

// The sum behind output[n, channel, output.y, output.x] of conv2d, for all options: zeros of the
// padding are terms too. Throws Error as conv2d does.
CellSum explain_output(const Tensor& input, const Tensor& weight, std::span<const float> bias,
                       const Conv2dOptions& options, Index n, Index channel, Yx output);

// The same where the one kernel plane [1, 1, kh, kw] is applied to every channel of the first
// picture; options.groups is not looked at.
CellSum explain_cell(const Tensor& input, Index channel, const Tensor& weight, float bias,
                     const Conv2dOptions& options, Yx output);

struct PooledCell {
  Yx cell;
  float value = 0.0f;
};

// What makes a pooled value.
struct PooledSum {
  std::vector<PooledCell> cells;  // of the window, in reading order, without padding
  Index padded = 0;               // places of the window in the padding, or beyond it
  std::optional<Yx> winner;       // of max pooling
  double sum = 0.0;               // of average pooling
  double divisor = 0.0;
  double value = 0.0;  // the largest value, or sum / divisor
};

// The sum or the winner behind pooled[n, channel, pooled.y, pooled.x]. Throws Error as pool2d does.
PooledSum explain_pooled(const Tensor& input, const Pool2dOptions& options, Index n, Index channel,
                         Yx pooled);

}  // namespace convscope
