#include "engine/ops/fast/gradient_kernels.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <span>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/gradient_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

using Doubles = hn::ScalableTag<double>;
using Half = hn::Rebind<float, Doubles>;  // half as many lanes as a vector of floats

// The kernel's columns are summed in several passes over so many columns of the rows, which stay in
// the first-level cache meanwhile.
constexpr Index kPassColumns = 256;

// Returns how many kernel columns keep their sums in registers, beside a column of the block's
// errors and one input vector.
constexpr int columns_at_once(int height) {
  return std::max(1, (kRegisters - held_rows(height) - 1) / height);
}

HWY_INLINE const float* row(const float* const* rows, Index r) {
  return rows[r];
}
HWY_INLINE const float* row(const float* rows, Index r) {
  return rows + r * kTilePitch;
}

using RowGroups = std::span<const float* const* const>;

// Adds to columns [u, u + Width) of the weight's gradient, from columns [begin, end) of the error.
// An input row meets the errors of the rows above it:
//
//   input 0    e0
//   input 1    e1 e0
//   input 2    e2 e1 e0      sums[v] += e[r] * input[r + v]
//   input 3       e2 e1
//   input 4          e2
//          v = 0  1  2
template <int Height, int Width, typename Rows>
HWY_NOINLINE void gradient_columns(const RowsGradient<Rows>& b, Index u, Index begin, Index end,
                                   RowGroups ahead) {
  constexpr int kRows = held_rows(Height);
  const Floats d;
  float* to = b.sums + u * Height * kLanes;
  Vector sums[Width][Height];
  CONVSCOPE_UNROLL
  for (int c = 0; c < Width; ++c) {
    CONVSCOPE_UNROLL
    for (int v = 0; v < Height; ++v)
      sums[c][v] = hn::LoadU(d, to + (c * Height + v) * kLanes);
  }
  for (Index x = begin; x < end; x += kLanes) {
    for (const float* const* rows : ahead) {
      CONVSCOPE_UNROLL
      for (int r = 0; r < kRows; ++r)
        hwy::Prefetch(rows[r] + x);
    }
    Vector e[kRows];
    CONVSCOPE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      e[r] = hn::LoadU(d, row(b.error, r) + x);
      hold(e[r]);
    }
    CONVSCOPE_UNROLL
    for (int y = 0; y < kRows + Height - 1; ++y) {
      const float* input = row(b.input, y) + x + u;
      CONVSCOPE_UNROLL
      for (int c = 0; c < Width; ++c) {
        Vector value = hn::LoadU(d, input + c);
        hold(value);
        CONVSCOPE_UNROLL
        for (int v = 0; v < Height; ++v) {
          if (y - v >= 0 && y - v < kRows) sums[c][v] = hn::MulAdd(e[y - v], value, sums[c][v]);
        }
      }
    }
  }
  CONVSCOPE_UNROLL
  for (int c = 0; c < Width; ++c) {
    CONVSCOPE_UNROLL
    for (int v = 0; v < Height; ++v)
      hn::StoreU(sums[c][v], d, to + (c * Height + v) * kLanes);
  }
}

template <int Height, int Width = columns_at_once(Height), typename Rows>
void with_width(const RowsGradient<Rows>& b, Index u, Index width, Index begin, Index end,
                RowGroups ahead) {
  if constexpr (Width > 1) {
    if (width < Width) return with_width<Height, Width - 1>(b, u, width, begin, end, ahead);
  }
  gradient_columns<Height, Width>(b, u, begin, end, ahead);
}

// Splits the kernel's columns, and the rows to prefetch, into equal shares.
template <int Height, typename Rows>
void all_columns(const RowsGradient<Rows>& b) {
  constexpr Index kMax = columns_at_once(Height);
  const Index shares = (b.kernel_width + kMax - 1) / kMax;
  const Index count = std::ranges::find(b.ahead, nullptr) - b.ahead.begin();
  const auto share = [&](Index of, Index i) { return of * i / shares; };
  for (Index x = 0; x < b.columns; x += kPassColumns) {
    const Index end = std::min(b.columns, x + kPassColumns);
    for (Index i = 0; i < shares; ++i) {
      const Index u = share(b.kernel_width, i);
      const Index first = share(count, i);
      const RowGroups ahead(b.ahead.data() + first,
                            static_cast<std::size_t>(share(count, i + 1) - first));
      with_width<Height>(b, u, share(b.kernel_width, i + 1) - u, x, end, ahead);
    }
  }
}

template <int Height = kMaxHeld, typename Rows>
void with_height(const RowsGradient<Rows>& b) {
  if constexpr (Height > 1) {
    if (b.kernel_height < Height) return with_height<Height - 1>(b);
  }
  all_columns<Height>(b);
}

void run_block_gradient(const BlockGradient& block) {
  with_height<>(block);
}

void run_tile_gradient(const TileGradient& tile) {
  with_height<>(tile);
}

void run_flush_sums(float* sums, Index height, Index width, double* totals) {
  const Doubles d;
  const Half half;
  constexpr Index kHalf = static_cast<Index>(HWY_LANES(double));
  for (Index u = 0; u < width; ++u) {
    for (Index v = 0; v < height; ++v, sums += kLanes) {
      auto sum = hn::Zero(d);
      for (Index lane = 0; lane < kLanes; lane += kHalf)
        sum = hn::Add(sum, hn::PromoteTo(d, hn::LoadU(half, sums + lane)));
      totals[v * width + u] += hn::GetLane(hn::SumOfLanes(d, sum));
      hn::StoreU(hn::Zero(Floats()), Floats(), sums);
    }
  }
}

Index tallest() {
  return kMaxHeld;
}

// With 16 registers there is room for too few sums beside the rows. Low kernels meet each row too
// seldom; higher ones pair their rows in several passes, of which only the first waits for memory.
bool pays(Index kernel_height) {
  constexpr Index kLeastHeight = 4;
  return kRegisters == 32 && kernel_height >= kLeastHeight && kernel_height <= kMaxHeld;
}

Index rows_for(Index kernel_height) {
  return held_rows(static_cast<int>(kernel_height));
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(run_block_gradient);
HWY_EXPORT(run_tile_gradient);
HWY_EXPORT(run_flush_sums);
HWY_EXPORT(tallest);
HWY_EXPORT(pays);
HWY_EXPORT(rows_for);

void add_block_gradient(const BlockGradient& block) {
  HWY_DYNAMIC_DISPATCH(run_block_gradient)(block);
}

void add_tile_gradient(const TileGradient& tile) {
  HWY_DYNAMIC_DISPATCH(run_tile_gradient)(tile);
}

void flush_sums(float* sums, Index kernel_height, Index kernel_width, double* totals) {
  HWY_DYNAMIC_DISPATCH(run_flush_sums)(sums, kernel_height, kernel_width, totals);
}

Index max_gradient_kernel_height() {
  return HWY_DYNAMIC_DISPATCH(tallest)();
}

bool gradient_blocks_pay(Index kernel_height) {
  return HWY_DYNAMIC_DISPATCH(pays)(kernel_height);
}

Index gradient_block_rows(Index kernel_height) {
  return HWY_DYNAMIC_DISPATCH(rows_for)(kernel_height);
}

}  // namespace convscope::engine::fast
#endif
