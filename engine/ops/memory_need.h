#pragma once

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// Compute how much memory a computation takes, in bytes, from its shapes alone and so before
// anything is allocated. The type is double, which no product of sizes overflows. Figures for
// scratch memory are upper bounds over all paths, with the share of every thread. The shapes must
// fit: conv2d_output_shape() and pool2d_output_shape() throw Error where they don't.
namespace convscope::engine {

using Bytes = double;

// Returns the bytes of a tensor's values.
Bytes tensor_bytes(const Shape& shape);

// Return the bytes needed beside the arguments and the result, for padded rows and reordered
// weights.
Bytes conv2d_scratch_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options);
Bytes conv2d_grad_input_scratch_bytes(const Shape& input, const Shape& weight,
                                      const Conv2dOptions& options);
Bytes conv2d_grad_weight_scratch_bytes(const Shape& input, const Shape& weight,
                                       const Conv2dOptions& options);

// Returns the bytes of the values and, for max pooling, of their indices.
Bytes pool2d_bytes(const Shape& output, PoolKind kind);
Bytes pool2d_scratch_bytes(const Shape& input, const Pool2dOptions& options);
// Does the same for the gradient by the input.
Bytes pool2d_grad_scratch_bytes(const Shape& input, const Pool2dOptions& options);

// How many sums gram_sums.h makes at most, and how many at once beside them: each of its tasks sums
// up on its own. So many tasks keep many cores busy to the end.
inline constexpr Index kMaxGramSums = Index{1} << 24;         // 128 MB
inline constexpr Index kMaxPartialGramSums = Index{1} << 23;  // 64 MB
inline constexpr Index kGramTasks = 48;

// Returns the bytes of the sums of a quadratic loss (gram_sums.h) and of making them; 0 where the
// weight has too many values for them to be made.
Bytes gram_sums_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options,
                      bool bias);

}  // namespace convscope::engine
