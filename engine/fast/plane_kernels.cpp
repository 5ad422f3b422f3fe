#include "engine/fast/plane_kernels.h"

#include "engine/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/fast/plane_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::fast::HWY_NAMESPACE {

// Up to this height a column of the kernel stays in registers.
constexpr int kMaxHeld = 7;

// Rows of a block with a held kernel column: what the registers hold besides the column and one
// loaded vector a column of the block. 6, 5, 4 rows of two vectors for heights 3, 5, 7 with 16
// registers.
constexpr int held_rows(int height) {
  const int rows = (kRegisters - (kRegisters == 32 ? 2 : 1) - height) / 2;
  return rows < 8 ? rows : 8;
}
// Rows and vectors of a block when the weights are read from memory.
constexpr int kTallRows = kRegisters == 32 ? 6 : 4;
constexpr int kTallColumns = 3;

// A block of Rows x Columns vectors at column x; the kernel's column stays in registers while all
// input rows pass by:
//
//   in[0]      w0
//   in[1]      w1 w0
//   in[2]      w2 w1 w0      out[i] += w[r - i] * in[r]
//   in[3]         w2 w1
//   in[4]            w2
//           out 0  1  2
template <int Height, int Rows, int Columns>
HWY_INLINE void held_block(const PlaneBlock& b, Index x) {
  const Floats d;
  Vector sums[Rows][Columns];
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      sums[i][c] = hn::Set(d, b.bias);
  }
  const float* weight = b.weight;
  for (Index u = 0; u < b.kernel_width; ++u, weight += Height, x += b.dilation) {
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
  x -= b.kernel_width * b.dilation;
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      hn::StoreU(sums[i][c], d, b.out[i] + x + c * kLanes);
  }
}

// One input row against the output rows [First, Last) of the block; `weight` belongs to the first.
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

// The first rows of input meet only the first rows of output ...
template <int Step, int Rows, int Columns>
HWY_INLINE void tall_head(const PlaneBlock& b, Index x, Vector (&sums)[Rows][Columns]) {
  if constexpr (Step < Rows - 1) {
    tall_row<0, Step + 1>(b, b.in[Step] + x, b.weight + Step, sums);
    tall_head<Step + 1>(b, x, sums);
  }
}

// ... and the last ones only the last.
template <int Step, int Rows, int Columns>
HWY_INLINE void tall_tail(const PlaneBlock& b, Index x, Vector (&sums)[Rows][Columns]) {
  if constexpr (Step < Rows) {
    tall_row<Step, Rows>(b, b.in[b.kernel_height + Step - 1] + x, b.weight + b.kernel_height - 1,
                         sums);
    tall_tail<Step + 1>(b, x, sums);
  }
}

// Kernels of any height of at least Rows.
template <int Rows, int Columns>
HWY_INLINE void tall_block(const PlaneBlock& b, Index x) {
  const Floats d;
  Vector sums[Rows][Columns];
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      sums[i][c] = hn::Set(d, b.bias);
  }
  tall_head<0>(b, x, sums);
  for (Index r = Rows - 1; r < b.kernel_height; ++r)
    tall_row<0, Rows>(b, b.in[r] + x, b.weight + r, sums);
  tall_tail<1>(b, x, sums);
  CONVSCOPE_UNROLL
  for (int i = 0; i < Rows; ++i) {
    CONVSCOPE_UNROLL
    for (int c = 0; c < Columns; ++c)
      hn::StoreU(sums[i][c], d, b.out[i] + x + c * kLanes);
  }
}

template <int Height>
HWY_NOINLINE void held_columns(const PlaneBlock& b, Index x, Index end) {
  constexpr int kRows = held_rows(Height);
  for (; x + 2 * kLanes <= end; x += 2 * kLanes)
    held_block<Height, kRows, 2>(b, x);
  for (; x < end; x += kLanes)
    held_block<Height, kRows, 1>(b, x);
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

void run_block(const PlaneBlock& b, Index begin, Index end) {
  switch (b.kernel_height) {
    case 1:
      return held_columns<1>(b, begin, end);
    case 2:
      return held_columns<2>(b, begin, end);
    case 3:
      return held_columns<3>(b, begin, end);
    case 4:
      return held_columns<4>(b, begin, end);
    case 5:
      return held_columns<5>(b, begin, end);
    case 6:
      return held_columns<6>(b, begin, end);
    case 7:
      return held_columns<7>(b, begin, end);
    default:
      return tall_columns(b, begin, end);
  }
}

}  // namespace convscope::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::fast {

HWY_EXPORT(blocking);
HWY_EXPORT(run_block);

PlaneBlocking plane_blocking(Index kernel_height) {
  return HWY_DYNAMIC_DISPATCH(blocking)(kernel_height);
}

void plane_block(const PlaneBlock& block, Index begin, Index end) {
  HWY_DYNAMIC_DISPATCH(run_block)(block, begin, end);
}

}  // namespace convscope::fast
#endif
