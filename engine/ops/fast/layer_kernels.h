#pragma once

#include "engine/core/tensor.h"

namespace convscope::fast {

// One row of several output channels, computed from packed input rows (packed_rows.h) by
//
//   out[o][x] = bias[o] + sum_t weights[t * outputs + o] * in[taps[t] + x]
//
// A tap is one weight's place: input channel, kernel row and kernel column.
struct LayerBlock {
  const float* in;
  const Index* taps;
  Index tap_count = 0;
  const float* weights;  // [tap_count][outputs]
  const float* bias;     // outputs of them, or null
  float* const* out;     // outputs rows
  Index outputs = 1;     // at most LayerBlocking::outputs
  bool stream = false;   // past the caches; rows are aligned to a vector
};

// The shape of the blocks on this machine.
struct LayerBlocking {
  Index outputs = 1;  // channels at most
  Index columns = 1;  // a good number of columns for one call
  Index lanes = 1;
  bool stream = false;  // few vectors fill a cache line, so that stores may go past the caches
};
constexpr Index kMaxLayerOutputs = 8;

LayerBlocking layer_blocking();

// Computes columns [begin, end), where begin is a multiple of the lanes. Reads as if end were.
void layer_block(const LayerBlock& block, Index begin, Index end);

}  // namespace convscope::fast
