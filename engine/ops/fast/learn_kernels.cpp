#include "engine/ops/fast/learn_kernels.h"

#include <hwy/cache_control.h>

#include <algorithm>
#include <span>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/learn_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

using Doubles = hn::ScalableTag<double>;
using Half = hn::Rebind<float, Doubles>;  // half as many lanes as a vector of floats

double subtract(float* HWY_RESTRICT prediction, const float* HWY_RESTRICT target, Index count) {
  constexpr int kSums = 4;
  constexpr Index kStep = static_cast<Index>(HWY_LANES(double));
  const Doubles d;
  const Half half;
  hn::Vec<Doubles> sums[kSums];
  for (auto& sum : sums)
    sum = hn::Zero(d);
  const auto one = [&](Index x, hn::Vec<Doubles>& sum) {
    const auto e = hn::Sub(hn::PromoteTo(d, hn::LoadU(half, prediction + x)),
                           hn::PromoteTo(d, hn::LoadU(half, target + x)));
    sum = hn::MulAdd(e, e, sum);
    hn::StoreU(hn::DemoteTo(half, e), half, prediction + x);
  };
  Index x = 0;
  for (; x + kSums * kStep <= count; x += kSums * kStep) {
    CONVSCOPE_UNROLL
    for (int s = 0; s < kSums; ++s)
      one(x + s * kStep, sums[s]);
  }
  for (; x + kStep <= count; x += kStep)
    one(x, sums[0]);
  double sum =
      hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]))));
  for (; x < count; ++x) {
    const double e = static_cast<double>(prediction[x]) - static_cast<double>(target[x]);
    sum += e * e;
    prediction[x] = static_cast<float>(e);
  }
  return sum;
}

double run_subtract_row(float* prediction, const float* target, Index count, float* error,
                        bool streaming) {
  const double sum = subtract(prediction, target, count);
  if (!streaming) {
    std::copy_n(prediction, count, error);
    return sum;
  }
  const Floats d;
  Index x = 0;
  for (; x + kLanes <= count; x += kLanes)
    hn::Stream(hn::LoadU(d, prediction + x), d, error + x);
  std::copy(prediction + x, prediction + count, error + x);
  return sum;
}

// Returns how many kernel columns keep their sums in registers, beside a column of the block's
// errors and one input vector.
constexpr int columns_at_once(int height) {
  return std::max(1, (kRegisters - held_rows(height) - 1) / height);
}

// Adds to columns [u, u + Width) of the weight's gradient. An input row meets the errors of the
// rows above it:
//
//   input 0    e0
//   input 1    e1 e0
//   input 2    e2 e1 e0      sums[v] += e[r] * input[r + v]
//   input 3       e2 e1
//   input 4          e2
//          v = 0  1  2
template <int Height, int Width>
HWY_NOINLINE void gradient_columns(const TileGradient& t, Index u,
                                   std::span<const RowsAhead> ahead) {
  constexpr int kRows = held_rows(Height);
  const Floats d;
  float* to = t.sums + u * Height * kLanes;
  Vector sums[Width][Height];
  CONVSCOPE_UNROLL
  for (int c = 0; c < Width; ++c) {
    CONVSCOPE_UNROLL
    for (int v = 0; v < Height; ++v)
      sums[c][v] = hn::LoadU(d, to + (c * Height + v) * kLanes);
  }
  const float* error = t.error;
  const float* input = t.input + u;
  for (const float* end = error + t.columns; error < end; error += kLanes, input += kLanes) {
    for (const RowsAhead& rows : ahead) {
      const float* from = rows.first + (error - t.error);
      CONVSCOPE_UNROLL
      for (int r = 0; r < kRows; ++r)
        hwy::Prefetch(from + r * rows.pitch);
    }
    Vector e[kRows];
    CONVSCOPE_UNROLL
    for (int r = 0; r < kRows; ++r) {
      e[r] = hn::LoadU(d, error + r * kTilePitch);
      hold(e[r]);
    }
    CONVSCOPE_UNROLL
    for (int y = 0; y < kRows + Height - 1; ++y) {
      CONVSCOPE_UNROLL
      for (int c = 0; c < Width; ++c) {
        Vector value = hn::LoadU(d, input + y * kTilePitch + c);
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

template <int Height, int Width = columns_at_once(Height)>
void with_width(const TileGradient& t, Index u, Index width, std::span<const RowsAhead> ahead) {
  if constexpr (Width > 1) {
    if (width < Width) return with_width<Height, Width - 1>(t, u, width, ahead);
  }
  gradient_columns<Height, Width>(t, u, ahead);
}

// Splits the kernel's columns, and the rows to prefetch, into equal shares.
template <int Height>
void all_columns(const TileGradient& t) {
  constexpr Index kMax = columns_at_once(Height);
  const Index shares = (t.kernel_width + kMax - 1) / kMax;
  const auto count =
      static_cast<Index>(std::find_if(t.ahead.begin(), t.ahead.end(),
                                      [](const RowsAhead& rows) { return rows.first == nullptr; }) -
                         t.ahead.begin());
  const auto share = [&](Index of, Index i) { return of * i / shares; };
  for (Index i = 0; i < shares; ++i) {
    const Index u = share(t.kernel_width, i);
    const auto first = static_cast<std::size_t>(share(count, i));
    const auto last = static_cast<std::size_t>(share(count, i + 1));
    with_width<Height>(t, u, share(t.kernel_width, i + 1) - u,
                       std::span(t.ahead).subspan(first, last - first));
  }
}

template <int Height = kMaxHeld>
void with_height(const TileGradient& t) {
  if constexpr (Height > 1) {
    if (t.kernel_height < Height) return with_height<Height - 1>(t);
  }
  all_columns<Height>(t);
}

void run_tile_gradient(const TileGradient& t) {
  with_height<>(t);
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

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(run_subtract_row);
HWY_EXPORT(run_tile_gradient);
HWY_EXPORT(run_flush_sums);
HWY_EXPORT(tallest);

Index max_gradient_kernel_height() {
  return HWY_DYNAMIC_DISPATCH(tallest)();
}

double subtract_row(float* prediction, const float* target, Index count, float* error,
                    bool streaming) {
  return HWY_DYNAMIC_DISPATCH(run_subtract_row)(prediction, target, count, error, streaming);
}

void add_tile_gradient(const TileGradient& tile) {
  HWY_DYNAMIC_DISPATCH(run_tile_gradient)(tile);
}

void flush_sums(float* sums, Index kernel_height, Index kernel_width, double* totals) {
  HWY_DYNAMIC_DISPATCH(run_flush_sums)(sums, kernel_height, kernel_width, totals);
}

}  // namespace convscope::engine::fast
#endif
