#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Computes one row of several output channels from packed input rows (packed_rows.h):
//
//   out[o][x] = bias[o] + sum_t weights[t * outputs + o] * in[taps[t] + x]
//
// A tap is one position in the weight: input channel, kernel row and kernel column.
struct LayerBlock {
  const float* in;
  const Index* taps;
  Index tap_count = 0;
  const float* weights;  // [tap_count][outputs]
  const float* bias;     // `outputs` values, or null
  float* const* out;     // `outputs` rows
  Index outputs = 1;     // at most LayerBlocking::outputs
  bool stream = false;   // store past the caches; the rows must be aligned to a vector
};

// The block sizes that suit this machine.
struct LayerBlocking {
  Index outputs = 1;  // most channels of a block
  Index columns = 1;  // a good number of columns for one call
  Index lanes = 1;
  bool stream = false;  // whether stores past the caches pay: few vectors fill a cache line
};
constexpr Index kMaxLayerOutputs = 8;

LayerBlocking layer_blocking();

// Computes columns [begin, end); `begin` must be a multiple of the lanes. Reads the input as if
// `end` were one too.
void layer_block(const LayerBlock& block, Index begin, Index end);

}  // namespace convscope::engine::fast
