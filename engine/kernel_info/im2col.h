#pragma once

#include <vector>

#include "engine/ops/conv2d.h"

// A convolution is linear, so it can be written as a matrix product. For one picture there are two
// ways:
//
//   output = M · input + bias     M [C_out · H' · W', C_in · H · W]: the (block) Toeplitz matrix,
//                                 mostly zeros; a row for each output cell, a column for each input
//                                 cell, both in the order of NCHW
//   output = P · weight + bias    P [H' · W', C_in / groups · kh · kw]: im2col, the patch matrix
//                                 (the transpose of torch.nn.functional.unfold); a row holds the
//                                 values under the kernel at one output cell
namespace convscope::engine {

// One value of a row of M.
struct MatrixEntry {
  Index column = 0;  // (channel · H + y) · W + x of the input cell
  double value = 0.0;
  Index weights = 1;  // weights that were added for this entry: several where the padding repeats
                      // the input cell
  friend bool operator==(const MatrixEntry&, const MatrixEntry&) = default;
};

// One row of M. Columns without an entry are 0; an entry may be 0 too, where a weight is.
struct MatrixRow {
  Index row = 0;                     // (channel · H' + y) · W' + x of the output cell
  Index rows = 0, columns = 0;       // size of M
  std::vector<MatrixEntry> entries;  // in ascending order of columns
  Index nonzeros() const;
};

// Returns the row of M for output[:, channel, output.y, output.x] of conv2d, for all options.
// Throws Error as conv2d does.
MatrixRow matrix_row(const Shape& input, const Tensor& weight, const Conv2dOptions& options,
                     Index channel, Yx output);

// Returns the row of P for output[n, channel, output.y, output.x], in the order input channel of
// the group, kernel row, kernel column. Its dot product with the output channel's weights in that
// order is the output without bias. Values are 0 in zero padding, and where a weight of a
// transposed convolution falls between input cells. Throws Error as conv2d does.
std::vector<float> patch_row(const Tensor& input, const Shape& weight, const Conv2dOptions& options,
                             Index n, Index channel, Yx output);

}  // namespace convscope::engine
