#pragma once

#include "engine/ops/conv2d.h"
#include "engine/ops/pool2d.h"

// How much memory computations take, from shapes alone and so before anything is allocated. In
// bytes, as a double, which no product of sizes overflows. Those of scratch memory are upper bounds
// over all the ways in which a thing may be computed, with every thread's share. The shapes must
// fit: conv2d_output_shape() and pool2d_output_shape() throw where they don't.
namespace convscope {

using Bytes = double;

// Of a tensor's values.
Bytes tensor_bytes(const Shape& shape);

// Beside the arguments and the result: padded rows, reordered weights.
Bytes conv2d_scratch_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options);
Bytes conv2d_grad_input_scratch_bytes(const Shape& input, const Shape& weight,
                                      const Conv2dOptions& options);
Bytes conv2d_grad_weight_scratch_bytes(const Shape& input, const Shape& weight,
                                       const Conv2dOptions& options);

// The values, and for max pooling their indices.
Bytes pool2d_bytes(const Shape& output, PoolKind kind);
Bytes pool2d_scratch_bytes(const Shape& input, const Pool2dOptions& options);

// How many sums gram_sums.h makes at most, and how many at once beside them: each of its tasks sums
// up on its own. So many tasks keep many cores busy to the end.
inline constexpr Index kMaxGramSums = Index{1} << 24;         // 128 MB
inline constexpr Index kMaxPartialGramSums = Index{1} << 23;  // 64 MB
inline constexpr Index kGramTasks = 48;

// The sums that a loss as a quadratic consists of (gram_sums.h), with what is made on the way; 0
// for a weight of so many values that they are not made.
Bytes gram_sums_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options,
                      bool bias);

}  // namespace convscope
