#pragma once

#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Which cells are linked to which. Places are those of the unpadded input; negative ones, and ones
// past its end, lie in the padding.
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

// Input cells that output cell `output` sums, one for each weight; for an ordinary (not transposed)
// convolution.
CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& options);
// The same for both kinds: a transposed convolution's output cell sums some of the weights only,
// and no padding.
CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& options,
                         const Shape& input_shape);

// Output cells that the input cell (or the place in the padding) `input` reaches, within
// `output_shape`. Copies of the cell in the padding are not followed: links_of_input does that.
CellGrid reached_outputs(Yx input, Yx kernel, const Conv2dOptions& options,
                         const Shape& output_shape);

// Input cells that weight `weight` is multiplied with, one for each output cell; for an ordinary
// convolution.
CellGrid touched_inputs(Yx weight, const Conv2dOptions& options, const Shape& output_shape);
// The same for both kinds: of a transposed convolution those whose product stays in the output.
CellGrid touched_inputs(Yx weight, const Conv2dOptions& options, const Shape& input_shape,
                        const Shape& output_shape);

// Cells of the pooled plane's input that pooled cell `pooled` looks at, its padding included.
CellGrid pool_window(Yx pooled, const Pool2dOptions& options);

// Pooled cells whose window looks at cell `cell` of the pooled plane's input, within
// `pooled_shape`.
CellGrid pooled_cells_of(Yx cell, const Pool2dOptions& options, const Shape& pooled_shape);

// Input cells behind a pooled cell: the union of the receptive fields of its window (dilated
// kernels are taken with their gaps filled), for both kinds of convolution. The shapes are those of
// the convolution.
CellGrid pooled_receptive_field(Yx pooled, const Pool2dOptions& pool, const Shape& input_shape,
                                const Shape& output_shape, Yx kernel, const Conv2dOptions& conv);

// One product: output[output] += weight[weight] * input[source].
struct Link {
  Yx output;
  Yx weight;
  Yx position;  // where the value stands, in the padding perhaps
  Yx source;    // where it comes from; (-1, -1) for a zero of the padding
  bool padded() const { return source.y < 0 || position != source; }
  friend bool operator==(const Link&, const Link&) = default;
};

// All products of one plane that a cell takes part in, for every padding mode and for transposed
// convolution. In the order of the output, then of the kernel.
std::vector<Link> links_of_output(Yx output, Yx kernel, const Conv2dOptions& options,
                                  const Shape& input_shape, const Shape& output_shape);
std::vector<Link> links_of_input(Yx input, Yx kernel, const Conv2dOptions& options,
                                 const Shape& input_shape, const Shape& output_shape);
std::vector<Link> links_of_weight(Yx weight, Yx kernel, const Conv2dOptions& options,
                                  const Shape& input_shape, const Shape& output_shape);

// Input channels that output channel `channel` sums: the first of them, and weight.c in number (of
// a transposed convolution weight.n / groups).
Index first_input_channel(const Shape& weight, const Conv2dOptions& options, Index channel);

// What stands at a place of the padded input.
struct PaddedCell {
  float value = 0.0f;
  bool padded = false;
  Yx source;  // the cell it comes from; (-1, -1) for a zero of the padding
};

// `position` from (-top, -left) to (H + bottom - 1, W + right - 1); asserts that the mode reaches
// it.
PaddedCell padded_cell(const Tensor& input, Index n, Index channel, Yx position, PaddingMode mode);

// The receptive field across a chain of layers along one axis: output cell o sees the input cells
// start + o * jump ... start + o * jump + size - 1.
struct ChainField {
  Index start = 0;
  Index jump = 1;
  Index size = 1;
  friend bool operator==(const ChainField&, const ChainField&) = default;
};

// The field after one more convolution or pooling with this kernel.
ChainField chained(const ChainField& field, Index kernel, Index stride, Index before,
                   Index dilation);

}  // namespace convscope
