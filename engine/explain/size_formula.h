#pragma once

#include <string>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Write output sizes along one axis as formulas with the numbers put in, and find the cells that no
// window covers.
namespace convscope::engine {

// Writes "⌊(3 + 2·1 − 2)/2⌋ + 1 = 2". Uneven padding is written "+ 1 + 2", and a dilation d other
// than 1 as "− d·(k − 1) − 1" instead of "− k". A result below 1 means that there is no output:
// "⌊(1 + 2·0 − 4)/1⌋ + 1 = −2".
std::string size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                         Index dilation);

// Writes "(3 − 1)·2 − 2·1 + 2 + 0 = 4", for transposed convolution; the last summand is the output
// padding. Dilation is written "+ d·(k − 1) + 1" instead of "+ k".
std::string transposed_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                                    Index dilation, Index output_padding);

// Writes the size of a pooling like size_formula, with ⌈ ⌉ in ceil_mode. If ceil_mode leaves out a
// last window that would start in the padding at the end, the text says so: "⌈(3 + 2·0 − 2)/3⌉ + 1
// = 2, 1 without the window in the padding".
std::string pool_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                              Index dilation, bool ceil_mode);

// Returns the number of rows and columns at the bottom and right of the padded input that no window
// covers, the remainder of (n + p − d(k − 1) − 1) / s. It is {0, 0} where there is no output, and
// for a transposed convolution.
Yx uncovered(const Shape& input, Yx kernel, const Conv2dOptions& options);

// Writes "The last row and the last 2 columns of the padded input are under no window." Empty for
// {0, 0}.
std::string uncovered_text(Yx rest);

// Returns every position of an axis, from -before to n + after - 1, that no weight is multiplied
// with: the remainder at the end, and the gaps left by dilation or by a stride larger than the
// kernel.
std::vector<Index> skipped_positions(Index n, Index before, Index after, Index kernel, Index stride,
                                     Index dilation);

}  // namespace convscope::engine
