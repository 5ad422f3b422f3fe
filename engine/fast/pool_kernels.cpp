#include "engine/fast/pool_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/fast/pool_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::fast::HWY_NAMESPACE {

using Ints = hn::RebindToSigned<Floats>;
using IntVector = hn::Vec<Ints>;

// PyTorch's rule: a later cell takes over if it is larger, or no number.
HWY_INLINE auto takes_over(Vector value, Vector best) {
  return hn::Or(hn::Gt(value, best), hn::IsNaN(value));
}

HWY_INLINE void take(Vector value, IntVector index, Vector& best, IntVector& at) {
  const auto mask = takes_over(value, best);
  best = hn::IfThenElse(mask, value, best);
  at = hn::IfThenElse(hn::RebindMask(Ints(), mask), index, at);
}

HWY_INLINE void take(Vector value, Vector& best) {
  best = hn::IfThenElse(takes_over(value, best), value, best);
}

HWY_INLINE void store_indices(IntVector at, Index* to) {
#if HWY_TARGET == HWY_SCALAR
  *to = hn::GetLane(at);
#else
  const hn::Repartition<std::int64_t, Ints> wide;
  const hn::Half<Ints> half;
  hn::StoreU(hn::PromoteTo(wide, hn::LowerHalf(half, at)), wide, to);
  hn::StoreU(hn::PromoteTo(wide, hn::UpperHalf(half, at)), wide, to + kLanes / 2);
#endif
}

template <bool kIndices>
void max_pairs_row(const PairsRow& row) {
  const Floats d;
  const Ints di;
  const IntVector evens = hn::Add(hn::Iota(di, 0), hn::Iota(di, 0));
  const IntVector one = hn::Set(di, 1);
  Index x = 0;
  for (; x + kLanes <= row.width; x += kLanes) {
    Vector best, b, c, e;
    hn::LoadInterleaved2(d, row.upper + 2 * x, best, b);
    hn::LoadInterleaved2(d, row.lower + 2 * x, c, e);
    if constexpr (kIndices) {
      const auto column = static_cast<std::int32_t>(2 * x);
      IntVector at = hn::Add(hn::Set(di, row.first + column), evens);
      const IntVector below = hn::Add(hn::Set(di, row.below + column), evens);
      take(b, hn::Add(at, one), best, at);
      take(c, below, best, at);
      take(e, hn::Add(below, one), best, at);
      store_indices(at, row.indices + x);
    } else {
      take(b, best);
      take(c, best);
      take(e, best);
    }
    hn::StoreU(best, d, row.out + x);
  }
  for (; x < row.width; ++x) {
    float best = row.upper[2 * x];
    Index at = row.first + 2 * x;
    const auto take_one = [&](float value, Index index) {
      if (!(value > best || std::isnan(value))) return;
      best = value;
      at = index;
    };
    take_one(row.upper[2 * x + 1], row.first + 2 * x + 1);
    take_one(row.lower[2 * x], row.below + 2 * x);
    take_one(row.lower[2 * x + 1], row.below + 2 * x + 1);
    row.out[x] = best;
    if constexpr (kIndices) row.indices[x] = at;
  }
}

void run_max_pairs(const PairsRow& row) {
  if (row.indices != nullptr)
    max_pairs_row<true>(row);
  else
    max_pairs_row<false>(row);
}

void run_average_pairs(const PairsRow& row) {
  const Floats d;
  const Vector divisor = hn::Set(d, row.divisor);
  Index x = 0;
  for (; x + kLanes <= row.width; x += kLanes) {
    Vector a, b, c, e;
    hn::LoadInterleaved2(d, row.upper + 2 * x, a, b);
    hn::LoadInterleaved2(d, row.lower + 2 * x, c, e);
    const Vector sum = hn::Add(hn::Add(hn::Add(a, b), c), e);
    hn::StoreU(hn::Div(sum, divisor), d, row.out + x);
  }
  for (; x < row.width; ++x)
    row.out[x] =
        (row.upper[2 * x] + row.upper[2 * x + 1] + row.lower[2 * x] + row.lower[2 * x + 1]) /
        row.divisor;
}

// Stores the lanes of `values` that lie before the end of the row.
HWY_INLINE void store_part(Vector values, Index x, const TapsRow& row) {
  const Floats d;
  if (x + kLanes <= row.width) return hn::StoreU(values, d, row.out + x);
  HWY_ALIGN float part[HWY_LANES(float)];
  hn::Store(values, d, part);
  std::copy_n(part, row.width - x, row.out + x);
}

HWY_INLINE void store_part(IntVector at, Index x, const TapsRow& row) {
  if (x + kLanes <= row.width) return store_indices(at, row.indices + x);
  Index part[HWY_LANES(float)];
  store_indices(at, part);
  std::copy_n(part, row.width - x, row.indices + x);
}

template <bool kIndices>
void max_taps_row(const TapsRow& row) {
  const Floats d;
  const Ints di;
  for (Index x = 0; x < row.width; x += kLanes) {
    Vector best = hn::Set(d, -std::numeric_limits<float>::infinity());
    if constexpr (kIndices) {
      const IntVector none = hn::Set(di, -1);
      const IntVector starts = hn::LoadU(di, row.starts + x);
      IntVector at = row.start < 0 ? none
                                   : hn::IfThenElse(hn::Gt(starts, none),
                                                    hn::Add(starts, hn::Set(di, row.start)), none);
      const IntVector corners = hn::LoadU(di, row.corners + x);
      for (Index t = 0; t < row.tap_count; ++t)
        take(hn::LoadU(d, row.taps[t] + x), hn::Add(corners, hn::Set(di, row.offsets[t])), best,
             at);
      store_part(at, x, row);
    } else {
      for (Index t = 0; t < row.tap_count; ++t)
        take(hn::LoadU(d, row.taps[t] + x), best);
    }
    store_part(best, x, row);
  }
}

void run_max_taps(const TapsRow& row) {
  if (row.indices != nullptr)
    max_taps_row<true>(row);
  else
    max_taps_row<false>(row);
}

void run_average_taps(const TapsRow& row) {
  const Floats d;
  const Vector divisor = hn::Set(d, row.divisor);
  for (Index x = 0; x < row.width; x += kLanes) {
    Vector sum = hn::Zero(d);
    for (Index t = 0; t < row.tap_count; ++t)
      sum = hn::Add(sum, hn::LoadU(d, row.taps[t] + x));
    store_part(hn::Div(sum, hn::Mul(hn::LoadU(d, row.divisors + x), divisor)), x, row);
  }
}

Index lanes() {
  return kLanes;
}

}  // namespace convscope::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::fast {

HWY_EXPORT(run_max_pairs);
HWY_EXPORT(run_average_pairs);
HWY_EXPORT(run_max_taps);
HWY_EXPORT(run_average_taps);
HWY_EXPORT(lanes);

void max_pairs(const PairsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_max_pairs)(row);
}
void average_pairs(const PairsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_average_pairs)(row);
}
void max_taps(const TapsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_max_taps)(row);
}
void average_taps(const TapsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_average_taps)(row);
}
Index pool_lanes() {
  return HWY_DYNAMIC_DISPATCH(lanes)();
}

}  // namespace convscope::fast
#endif
