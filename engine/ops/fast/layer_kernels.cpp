#include "engine/ops/fast/layer_kernels.h"

#include <algorithm>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/layer_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

constexpr int kMaxOutputs = kRegisters == 32 ? 8 : 4;

// Returns how many vectors wide a block is: its sums, a loaded vector for each column of the block
// and one weight fill the registers.
constexpr int block_vectors(int outputs) {
  if (outputs == 1) return 6;
  if (kRegisters == 32) return outputs <= 4 ? 6 : 3;
  return outputs == 2 ? 4 : 3;
}

// Sums over all taps; the Outputs x Vectors sums stay in registers meanwhile.
template <int Outputs, int Vectors>
HWY_INLINE void sum_taps(const LayerBlock& b, Index x, Vector (&sums)[Outputs][Vectors]) {
  const Floats d;
  CONVSCOPE_UNROLL
  for (int o = 0; o < Outputs; ++o) {
    CONVSCOPE_UNROLL
    for (int i = 0; i < Vectors; ++i)
      sums[o][i] = hn::Set(d, b.bias == nullptr ? 0.0f : b.bias[o]);
  }
  const float* weight = b.weights;
  const float* in = b.in + x;
  for (const Index *tap = b.taps, *end = tap + b.tap_count; tap != end; ++tap) {
    const float* from = in + *tap;
    Vector values[Vectors];
    CONVSCOPE_UNROLL
    for (int i = 0; i < Vectors; ++i) {
      values[i] = hn::LoadU(d, from + i * kLanes);
      hold(values[i]);
    }
    CONVSCOPE_UNROLL
    for (int o = 0; o < Outputs; ++o) {
      Vector w = hn::Set(d, weight[o]);
      hold(w);
      CONVSCOPE_UNROLL
      for (int i = 0; i < Vectors; ++i)
        sums[o][i] = hn::MulAdd(w, values[i], sums[o][i]);
    }
    weight += Outputs;
  }
}

template <int Outputs, int Vectors>
HWY_INLINE void whole_block(const LayerBlock& b, Index x) {
  const Floats d;
  Vector sums[Outputs][Vectors];
  sum_taps(b, x, sums);
  CONVSCOPE_UNROLL
  for (int o = 0; o < Outputs; ++o) {
    float* to = b.out[o] + x;
    CONVSCOPE_UNROLL
    for (int i = 0; i < Vectors; ++i) {
      if (b.stream)
        hn::Stream(sums[o][i], d, to + i * kLanes);
      else
        hn::StoreU(sums[o][i], d, to + i * kLanes);
    }
  }
}

template <int Outputs>
HWY_INLINE void part_block(const LayerBlock& b, Index x, Index end) {
  const Floats d;
  Vector sums[Outputs][1];
  sum_taps(b, x, sums);
  HWY_ALIGN float values[HWY_LANES(float)];
  for (int o = 0; o < Outputs; ++o) {
    hn::Store(sums[o][0], d, values);
    std::copy_n(values, end - x, b.out[o] + x);
  }
}

template <int Outputs>
HWY_NOINLINE void columns(const LayerBlock& b, Index x, Index end) {
  constexpr int kVectors = block_vectors(Outputs);
  for (; x + kVectors * kLanes <= end; x += kVectors * kLanes)
    whole_block<Outputs, kVectors>(b, x);
  if constexpr (kVectors > 3) {
    for (; x + 3 * kLanes <= end; x += 3 * kLanes)
      whole_block<Outputs, 3>(b, x);
  }
  for (; x + 2 * kLanes <= end; x += 2 * kLanes)
    whole_block<Outputs, 2>(b, x);
  for (; x + kLanes <= end; x += kLanes)
    whole_block<Outputs, 1>(b, x);
  if (x < end) part_block<Outputs>(b, x, end);
}

template <int Outputs = kMaxOutputs>
void run_layer(const LayerBlock& b, Index begin, Index end) {
  if constexpr (Outputs > 1) {
    if (b.outputs < Outputs) return run_layer<Outputs - 1>(b, begin, end);
  }
  columns<Outputs>(b, begin, end);
}

void run_layer_block(const LayerBlock& b, Index begin, Index end) {
  run_layer<>(b, begin, end);
}

LayerBlocking layer_blocks() {
  return {kMaxOutputs, 6 * kLanes, kLanes, kLanes * sizeof(float) >= 32};
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(layer_blocks);
HWY_EXPORT(run_layer_block);

LayerBlocking layer_blocking() {
  return HWY_DYNAMIC_DISPATCH(layer_blocks)();
}

void layer_block(const LayerBlock& block, Index begin, Index end) {
  HWY_DYNAMIC_DISPATCH(run_layer_block)(block, begin, end);
}

}  // namespace convscope::engine::fast
#endif
