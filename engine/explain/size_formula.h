#pragma once

#include <string>
#include <vector>

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Output sizes along one axis as formulas with their numbers put in, and what no window covers.
namespace convscope {

// "⌊(3 + 2·1 − 2)/2⌋ + 1 = 2". Uneven padding is written "+ 1 + 2", and a dilation d other than 1
// as "− d·(k − 1) − 1" in place of "− k". A result below 1 means no output:
// "⌊(1 + 2·0 − 4)/1⌋ + 1 = −2".
std::string size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                         Index dilation);

// "(3 − 1)·2 − 2·1 + 2 + 0 = 4": transposed convolution, with its output padding last. Dilation is
// written "+ d·(k − 1) + 1" in place of "+ k".
std::string transposed_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                                    Index dilation, Index output_padding);

// Pooling: as size_formula, with ⌈ ⌉ in ceil_mode; a window that ceil_mode would start in the
// padding at the end is left out and said so: "⌈(3 + 2·0 − 2)/3⌉ + 1 = 2, 1 without the window in
// the padding".
std::string pool_size_formula(Index n, Index before, Index after, Index kernel, Index stride,
                              Index dilation, bool ceil_mode);

// Rows and columns at the bottom and right of the padded input that no window reaches: the
// remainder of (n + p − d(k − 1) − 1) / s. Nothing where there is no output, or for a transposed
// convolution.
Yx uncovered(const Shape& input, Yx kernel, const Conv2dOptions& options);

// "The last row and the last 2 columns of the padded input are under no window." Empty for {0, 0}.
std::string uncovered_text(Yx rest);

// Every position of an axis, from -before to n + after - 1, that no weight meets: the remainder at
// the end, and the gaps that a stride larger than the kernel, or dilation, leaves.
std::vector<Index> skipped_positions(Index n, Index before, Index after, Index kernel, Index stride,
                                     Index dilation);

}  // namespace convscope
