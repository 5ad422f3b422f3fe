#pragma once

#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Answers which cells of input, weight and output belong together. Positions are (y, x) in the
// unpadded input; a negative one, or one past the end, lies in the padding.
namespace convscope::engine {

// The cells first, first + step, ... of one plane, `count` of them on each axis. They may reach
// outside the plane into its padding.
struct CellGrid {
  Yx first;
  Yx step{1, 1};
  Yx count{0, 0};
  bool empty() const { return count.y <= 0 || count.x <= 0; }
  // Returns the rows and columns from the first to the last cell.
  Yx extent() const { return {(count.y - 1) * step.y + 1, (count.x - 1) * step.x + 1}; }
  friend bool operator==(const CellGrid&, const CellGrid&) = default;
};

// Returns the input cells that output cell `output` sums, one for each weight of a `kernel` (kh,
// kw). For an ordinary (not transposed) convolution: asserted.
CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& options);
// Returns the same for either kind of convolution. An output cell of a transposed one sums only
// some of the weights, and no padding.
CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& options,
                         const Shape& input_shape);

// Returns the output cells within `output_shape` that sum the input cell, or the padding cell, at
// `input`. Copies of the cell in the padding are not followed; links_of_input follows them.
CellGrid reached_outputs(Yx input, Yx kernel, const Conv2dOptions& options,
                         const Shape& output_shape);

// Returns the input cells that weight (v, u) is multiplied with, one for each output cell. For an
// ordinary convolution: asserted.
CellGrid touched_inputs(Yx weight, const Conv2dOptions& options, const Shape& output_shape);
// Returns the same for either kind of convolution; for a transposed one these are the input cells
// whose product lies inside the output.
CellGrid touched_inputs(Yx weight, const Conv2dOptions& options, const Shape& input_shape,
                        const Shape& output_shape);

// Returns the cells that pooled cell `pooled` covers in the pooling's input, its padding included.
CellGrid pool_window(Yx pooled, const Pool2dOptions& options);

// Returns the pooled cells within `pooled_shape` whose window covers cell `cell` of the pooling's
// input.
CellGrid pooled_cells_of(Yx cell, const Pool2dOptions& options, const Shape& pooled_shape);

// Returns the input cells of a convolution that a pooled cell of its output depends on: the union
// of the receptive fields of its window, with the gaps of dilated kernels filled. Works for both
// kinds of convolution; the shapes are the convolution's.
CellGrid pooled_receptive_field(Yx pooled, const Pool2dOptions& pool, const Shape& input_shape,
                                const Shape& output_shape, Yx kernel, const Conv2dOptions& conv);

// One product of a convolution: output[output] += weight[weight] * input[source].
struct Link {
  Yx output;
  Yx weight;
  Yx position;  // where the value stands, possibly in the padding
  Yx source;    // the cell the value is copied from; (-1, -1) for a zero of the padding
  bool padded() const { return source.y < 0 || position != source; }
  friend bool operator==(const Link&, const Link&) = default;
};

// Return all products of one plane that a cell of output, input or weight takes part in, for every
// padding mode and for transposed convolution, ordered by output cell and then by weight.
std::vector<Link> links_of_output(Yx output, Yx kernel, const Conv2dOptions& options,
                                  const Shape& input_shape, const Shape& output_shape);
std::vector<Link> links_of_input(Yx input, Yx kernel, const Conv2dOptions& options,
                                 const Shape& input_shape, const Shape& output_shape);
std::vector<Link> links_of_weight(Yx weight, Yx kernel, const Conv2dOptions& options,
                                  const Shape& input_shape, const Shape& output_shape);

// Returns the products of a cell of an ordinary convolution's padded input alone: for a cell inside
// without those of its copies in the padding, for one in the padding those that links_of_input
// returns for the cell that it is a copy of.
std::vector<Link> links_of_position(Yx position, Yx kernel, const Conv2dOptions& options,
                                    const Shape& input_shape, const Shape& output_shape);

// Returns the first input channel that output channel `channel` sums. It sums weight.c channels
// from there on, or weight.n / groups of a transposed convolution.
Index first_input_channel(const Shape& weight, const Conv2dOptions& options, Index channel);

// The content of one cell of the padded input.
struct PaddedCell {
  float value = 0.0f;
  bool padded = false;
  Yx source;  // the cell the value is copied from; (-1, -1) for a zero of the padding
};

// Returns the cell at `position`, from (-top, -left) to (H + bottom - 1, W + right - 1). Asserts
// that the padding mode reaches it.
PaddedCell padded_cell(const Tensor& input, Index n, Index channel, Yx position, PaddingMode mode);

// The receptive field across a chain of layers along one axis: output cell o depends on the input
// cells start + o * jump ... start + o * jump + size - 1.
struct ChainField {
  Index start = 0;
  Index jump = 1;
  Index size = 1;
  friend bool operator==(const ChainField&, const ChainField&) = default;
};

// Returns the field after one more convolution or pooling with this kernel size, stride, dilation
// and padding before the input.
ChainField chained(const ChainField& field, Index kernel, Index stride, Index before,
                   Index dilation);

}  // namespace convscope::engine
