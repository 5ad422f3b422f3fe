#include "engine/ops/fast/plane_kernels.h"

#include <hwy/cache_control.h>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/plane_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

// Rows of a block whose weights are read from memory.
constexpr int kTallRows = kRegisters == 32 ? 8 : 4;
constexpr int kTallColumns = 3;

// Loads the values that a block at column x adds to.
template <int Rows, int Columns>
HWY_INLINE void start(const PlaneBlock& b, Index x, Vector (&sums)[Rows][Columns]) {
  const Floats d;
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      sums[i][c] = hn::Set(d, b.bias);
  }
  if (!b.add) return;
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      sums[i][c] = hn::LoadU(d, b.out[i] + x + c * kLanes);
  }
}

// Stores a block at column x.
template <int Rows, int Columns>
HWY_INLINE void finish(const PlaneBlock& b, Index x, Index height,
                       const Vector (&sums)[Rows][Columns]) {
  const Floats d;
  if (b.ahead) {
    CONVSCOPE_UNROLL
    for (int i = 0; i < Rows; ++i) {
      CONVSCOPE_UNROLL
      for (int c = 0; c < Columns; ++c)
        hwy::Prefetch(b.in[Rows + height - 1 + i] + x + c * kLanes);
    }
  }
  if (b.streaming) {
    CONVSCOPE_UNROLL
    for (int i = 0; i < Rows; ++i) {
      CONVSCOPE_UNROLL
      for (int c = 0; c < Columns; ++c)
        hn::Stream(sums[i][c], d, b.out[i] + x + c * kLanes);
    }
  } else {
    CONVSCOPE_UNROLL
    for (int i = 0; i < Rows; ++i) {
      CONVSCOPE_UNROLL
      for (int c = 0; c < Columns; ++c)
        hn::StoreU(sums[i][c], d, b.out[i] + x + c * kLanes);
    }
  }
}

// Adds one column of the kernel, which stays in registers while the loop goes through all input
// rows:
//
//   in[0]      w0
//   in[1]      w1 w0
//   in[2]      w2 w1 w0      out[i] += w[r - i] * in[r]
//   in[3]         w2 w1
//   in[4]            w2
//           out 0  1  2
template <int Height, int Rows, int Columns>
HWY_INLINE void held_column(const PlaneBlock& b, const float* weight, Index x,
                            Vector (&sums)[Rows][Columns]) {
  const Floats d;
  Vector w[Height];
  CONVSCOPE_UNROLL
  for (int v = 0; v < Height; ++v) {
    w[v] = hn::Set(d, weight[v]);
    hold(w[v]);
  }
  CONVSCOPE_UNROLL
  for (int r = 0; r < Rows + Height - 1; ++r) {
    const float* from = b.in[r] + x;
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c) {
      Vector value = hn::LoadU(d, from + c * kLanes);
      hold(value);
      CONVSCOPE_UNROLL
      for (int i = 0; i < Rows; ++i) {
        if (r - i >= 0 && r - i < Height) sums[i][c] = hn::MulAdd(w[r - i], value, sums[i][c]);
      }
    }
  }
}

// Computes a block of Rows x Columns vectors at column x, one kernel column after the other. The
// kernel's width is a constant unless Width is 0.
template <int Height, int Width, int Rows, int Columns>
HWY_INLINE void held_block(const PlaneBlock& b, Index x) {
  Vector sums[Rows][Columns];
  start(b, x, sums);
  const float* weight = b.weight;
  if constexpr (Width > 0) {
    CONVSCOPE_UNROLL
    for (int u = 0; u < Width; ++u)
      held_column<Height>(b, weight + u * Height, x + u * b.dilation, sums);
  } else {
    Index at = x;
    for (Index u = 0; u < b.kernel_width; ++u, weight += Height, at += b.dilation)
      held_column<Height>(b, weight, at, sums);
  }
  finish<Rows, Columns>(b, x, Height, sums);
}

// Adds one input row to the output rows [First, Last) of the block; `weight` belongs to row First.
template <int First, int Last, int Columns, int Rows>
HWY_INLINE void tall_row(const PlaneBlock& b, const float* from, const float* weight,
                         Vector (&sums)[Rows][Columns]) {
  const Floats d;
  for (Index u = 0; u < b.kernel_width; ++u, weight += b.kernel_height, from += b.dilation) {
    Vector values[Columns];
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c) {
      values[c] = hn::LoadU(d, from + c * kLanes);
      hold(values[c]);
    }
    CONVSCOPE_UNROLL
    for (int i = First; i < Last; ++i) {
      Vector w = hn::Set(d, weight[First - i]);
      hold(w);
      CONVSCOPE_UNROLL
      for (int c = 0; c < Columns; ++c)
        sums[i][c] = hn::MulAdd(w, values[c], sums[i][c]);
    }
  }
}

// The first input rows meet only the first output rows ...
template <int Step, int Rows, int Columns>
HWY_INLINE void tall_head(const PlaneBlock& b, Index x, Vector (&sums)[Rows][Columns]) {
  if constexpr (Step < Rows - 1) {
    tall_row<0, Step + 1>(b, b.in[Step] + x, b.weight + Step, sums);
    tall_head<Step + 1>(b, x, sums);
  }
}

// ... and the last input rows only the last output rows.
template <int Step, int Rows, int Columns>
HWY_INLINE void tall_tail(const PlaneBlock& b, Index x, Vector (&sums)[Rows][Columns]) {
  if constexpr (Step < Rows) {
    tall_row<Step, Rows>(b, b.in[b.kernel_height + Step - 1] + x, b.weight + b.kernel_height - 1,
                         sums);
    tall_tail<Step + 1>(b, x, sums);
  }
}

// Computes a block for a kernel of any height of at least Rows.
template <int Rows, int Columns>
HWY_INLINE void tall_block(const PlaneBlock& b, Index x) {
  Vector sums[Rows][Columns];
  start(b, x, sums);
  tall_head<0>(b, x, sums);
  for (Index r = Rows - 1; r < b.kernel_height; ++r)
    tall_row<0, Rows>(b, b.in[r] + x, b.weight + r, sums);
  tall_tail<1>(b, x, sums);
  finish<Rows, Columns>(b, x, b.kernel_height, sums);
}

template <int Height, int Width>
HWY_NOINLINE void held_columns(const PlaneBlock& b, Index x, Index end) {
  constexpr int kRows = held_rows(Height);
  for (; x + 2 * kLanes <= end; x += 2 * kLanes)
    held_block<Height, Width, kRows, 2>(b, x);
  for (; x < end; x += kLanes)
    held_block<Height, Width, kRows, 1>(b, x);
}

HWY_NOINLINE void tall_columns(const PlaneBlock& b, Index x, Index end) {
  for (; x + kTallColumns * kLanes <= end; x += kTallColumns * kLanes)
    tall_block<kTallRows, kTallColumns>(b, x);
  for (; x < end; x += kLanes)
    tall_block<kTallRows, 1>(b, x);
}

PlaneBlocking blocking(Index kernel_height) {
  if (kernel_height > kMaxHeld) return {kTallRows, kLanes};
  return {held_rows(static_cast<int>(kernel_height)), kLanes};
}

template <int Height = 1>
void run_height(const PlaneBlock& b, Index begin, Index end) {
  if constexpr (Height <= kMaxHeld) {
    constexpr int kWidth = Height == 3 || Height == 5 ? Height : 0;
    if (kWidth > 0 && b.kernel_height == Height && b.kernel_width == kWidth)
      return held_columns<Height, kWidth>(b, begin, end);
    if (b.kernel_height == Height) return held_columns<Height, 0>(b, begin, end);
    run_height<Height + 1>(b, begin, end);
  } else {
    tall_columns(b, begin, end);
  }
}

void run_block(const PlaneBlock& b, Index begin, Index end) {
  run_height(b, begin, end);
}

void run_copy_columns(const float* const* rows, Index count, Index first, Index columns, float* to,
                      Index stride) {
  const Floats d;
  for (Index r = 0; r < count; ++r) {
    for (Index x = 0; x < columns; x += kLanes)
      hn::StoreU(hn::LoadU(d, rows[r] + first + x), d, to + r * stride + x);
  }
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(blocking);
HWY_EXPORT(run_block);
HWY_EXPORT(run_copy_columns);

PlaneBlocking plane_blocking(Index kernel_height) {
  return HWY_DYNAMIC_DISPATCH(blocking)(kernel_height);
}

void plane_block(const PlaneBlock& block, Index begin, Index end) {
  HWY_DYNAMIC_DISPATCH(run_block)(block, begin, end);
}

void finish_streaming() {
  hwy::FlushStream();
}

void copy_columns(const float* const* rows, Index count, Index first, Index columns, float* to,
                  Index stride) {
  HWY_DYNAMIC_DISPATCH(run_copy_columns)(rows, count, first, columns, to, stride);
}

}  // namespace convscope::engine::fast
#endif
