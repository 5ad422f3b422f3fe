#pragma once

#include <string>
#include <vector>

#include "engine/conv2d.h"
#include "engine/pool2d.h"

// Where the numbers come from: size formulas with their numbers put in, which cells are linked to
// which, and the terms of one sum. For ordinary (not transposed) convolutions.
namespace convscope {

// Cells first, first + step, ... of one plane: `count` on each axis. May reach outside the plane,
// into its padding.
struct CellGrid {
  Yx first;
  Yx step{1, 1};
  Yx count{0, 0};
  bool empty() const { return count.y <= 0 || count.x <= 0; }
  // Rows and columns from the first to the last cell.
  Yx extent() const { return {(count.y - 1) * step.y + 1, (count.x - 1) * step.x + 1}; }
  friend bool operator==(const CellGrid&, const CellGrid&) = default;
};

// Input cells (in unpadded coordinates) that output cell `output` sums, one for each weight.
CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& options);

// Output cells that the input cell `input` reaches with zero padding, within `output_shape`.
CellGrid reached_outputs(Yx input, Yx kernel, const Conv2dOptions& options,
                         const Shape& output_shape);

// Input cells that weight `weight` is multiplied with, one for each output cell.
CellGrid touched_inputs(Yx weight, const Conv2dOptions& options, const Shape& output_shape);

// Cells of the pooled plane's input that pooled cell `pooled` looks at.
CellGrid pool_window(Yx pooled, const Pool2dOptions& options);

// Input cells behind a pooled cell: the union of the receptive fields of its window (dilated
// kernels are taken with their gaps filled).
CellGrid pooled_receptive_field(Yx pooled, const Pool2dOptions& pool, const Shape& output_shape,
                                Yx kernel, const Conv2dOptions& conv);

// One product of the sum that makes an output cell.
struct Term {
  Yx weight;            // its place in the kernel
  Yx input;             // its place in the input, outside where it is padding
  bool padded = false;  // a zero that padding added, or a copy by another padding mode
  float x = 0.0f;
  float w = 0.0f;
  double product() const { return static_cast<double>(x) * static_cast<double>(w); }
};

struct CellSum {
  std::vector<Term> terms;  // in reading order of the kernel
  float bias = 0.0f;
  double value = 0.0;  // bias plus all products
};

// The sum behind output cell `output` of channel `channel`, where the one kernel plane [1, 1, kh,
// kw] is applied to every channel.
CellSum explain_cell(const Tensor& input, Index channel, const Tensor& weight, float bias,
                     const Conv2dOptions& options, Yx output);

// "⌊(3 + 2·1 − 2)/2⌋ + 1 = 2": the output size along one axis. Uneven padding is written "+ 1 + 2"
// and dilation as "− 2·(3 − 1) − 1".
std::string size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                         Index dilation);

// Rows and columns at the bottom and right of the padded input that no window covers.
Yx uncovered(const Shape& input, Yx kernel, const Conv2dOptions& options);

}  // namespace convscope
