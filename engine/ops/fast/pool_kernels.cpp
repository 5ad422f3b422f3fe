#include "engine/ops/fast/pool_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/pool_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

using Ints = hn::RebindToSigned<Floats>;
using IntVector = hn::Vec<Ints>;

// PyTorch's rule: a later cell replaces the best if it is larger or NaN.
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

// Loads indices as 32-bit integers, and -1 for one that needs more bits.
HWY_INLINE IntVector load_indices(const Index* from) {
  const Ints di;
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(di,
                 *from == static_cast<std::int32_t>(*from) ? static_cast<std::int32_t>(*from) : -1);
#else
  // Each index is a lower half and, behind it, an upper one, which is 0.
  IntVector lower, upper;
  hn::LoadInterleaved2(di, reinterpret_cast<const std::int32_t*>(from), lower, upper);
  return hn::IfThenElse(hn::Eq(upper, hn::Zero(di)), lower, hn::Set(di, -1));
#endif
}

// One row of PairsRows.
struct PairsRow {
  const float* upper;
  const float* lower;
  Index width;
  float* out;
  Index* indices;
  std::int32_t first;  // index of upper[0]
  std::int32_t below;  // index of lower[0]
};

template <typename Row>
HWY_INLINE void for_each_row(const PairsRows& p, const Row& row) {
  const auto width = static_cast<std::int32_t>(p.in_width);
  for (std::int32_t y = 0; y < p.rows; ++y) {
    const float* upper = p.in + 2 * y * p.in_width;
    const std::int32_t first = p.first + 2 * y * width;
    row(PairsRow{upper, upper + p.in_width, p.columns, p.out + y * p.out_width,
                 p.indices == nullptr ? nullptr : p.indices + y * p.out_width, first,
                 first + width});
  }
}

HWY_INLINE Vector max_of(Vector best, Vector b, Vector c, Vector e) {
  const Floats d;
  // What a maximum instruction does with NaN depends on the machine. The sum of the four shows
  // whether there is one; infinities of both signs also give NaN, and only cost the slow way.
  const Vector sum = hn::Add(hn::Add(best, b), hn::Add(c, e));
  if (HWY_LIKELY(hn::AllFalse(d, hn::IsNaN(sum)))) return hn::Max(e, hn::Max(c, hn::Max(b, best)));
  take(b, best);
  take(c, best);
  take(e, best);
  return best;
}

template <bool kIndices>
HWY_INLINE void max_pairs_row(const PairsRow& row) {
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
      best = max_of(best, b, c, e);
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

void run_max_pairs(const PairsRows& pairs) {
  if (pairs.indices != nullptr)
    for_each_row(pairs, [](const PairsRow& row) { max_pairs_row<true>(row); });
  else
    for_each_row(pairs, [](const PairsRow& row) { max_pairs_row<false>(row); });
}

template <typename Divide>
HWY_INLINE void average_pairs_row(const PairsRow& row, const Divide& divide) {
  const Floats d;
  Index x = 0;
  for (; x + kLanes <= row.width; x += kLanes) {
    Vector a, b, c, e;
    hn::LoadInterleaved2(d, row.upper + 2 * x, a, b);
    hn::LoadInterleaved2(d, row.lower + 2 * x, c, e);
    hn::StoreU(divide(hn::Add(hn::Add(hn::Add(a, b), c), e)), d, row.out + x);
  }
  for (; x < row.width; ++x) {
    const float sum =
        row.upper[2 * x] + row.upper[2 * x + 1] + row.lower[2 * x] + row.lower[2 * x + 1];
    row.out[x] = hn::GetLane(divide(hn::Set(d, sum)));
  }
}

// Calls work(divide), where divide(vector) divides by the divisor. Multiplying by the inverse of a
// power of two is exact and faster than dividing.
template <typename Work>
HWY_INLINE void with_division(float by, const Work& work) {
  const Floats d;
  int exponent = 0;
  const bool is_power = std::frexp(std::abs(by), &exponent) == 0.5f;
  const Vector divisor = hn::Set(d, by);
  const Vector inverse = hn::Set(d, 1.0f / by);
  if (is_power)
    work([&](Vector sum) { return hn::Mul(sum, inverse); });
  else
    work([&](Vector sum) { return hn::Div(sum, divisor); });
}

void run_average_pairs(const PairsRows& pairs) {
  with_division(pairs.divisor, [&](const auto& divide) {
    for_each_row(pairs, [&](const PairsRow& row) { average_pairs_row(row, divide); });
  });
}

template <typename Divide>
HWY_INLINE void spread_average_row(const float* from, Index columns, const Divide& divide,
                                   float* HWY_RESTRICT upper, float* HWY_RESTRICT lower) {
  const Floats d;
  Index x = 0;
  for (; x + kLanes <= columns; x += kLanes) {
    const Vector share = divide(hn::LoadU(d, from + x));
    hn::StoreInterleaved2(share, share, d, upper + 2 * x);
    hn::StoreInterleaved2(share, share, d, lower + 2 * x);
  }
  for (; x < columns; ++x) {
    const float share = hn::GetLane(divide(hn::Set(d, from[x])));
    upper[2 * x] = upper[2 * x + 1] = lower[2 * x] = lower[2 * x + 1] = share;
  }
}

void run_average_pairs_gradient(const AveragePairsGradient& pairs) {
  with_division(pairs.divisor, [&](const auto& divide) {
    for (Index y = 0; y < pairs.rows; ++y) {
      float* upper = pairs.in + 2 * y * pairs.in_width;
      float* lower = upper + pairs.in_width;
      spread_average_row(pairs.gradients + y * pairs.columns, pairs.columns, divide, upper, lower);
      if (pairs.in_width != 2 * pairs.columns)
        upper[pairs.in_width - 1] = lower[pairs.in_width - 1] = 0.0f;
    }
  });
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
      IntVector at = hn::Add(hn::LoadU(di, row.starts + x), hn::Set(di, row.start));
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

bool run_spread_pairs(const PairsGradient& row) {
  const Floats d;
  const Ints di;
  const Index below = row.first + row.in_width;
  const IntVector evens = hn::Add(hn::Iota(di, 0), hn::Iota(di, 0));
  const IntVector one = hn::Set(di, 1);
  const auto share = [&](IntVector at, IntVector cell, Vector value, auto& met) {
    const auto mask = hn::Eq(at, cell);
    met = hn::Or(met, mask);
    return hn::IfThenElseZero(hn::RebindMask(d, mask), value);
  };
  bool all = true;
  Index x = 0;
  for (; x + kLanes <= row.columns; x += kLanes) {
    const IntVector at = load_indices(row.indices + x);
    const Vector value = hn::Add(hn::Zero(d), hn::LoadU(d, row.gradients + x));
    const IntVector left =
        hn::Add(hn::Set(di, static_cast<std::int32_t>(row.first + 2 * x)), evens);
    const IntVector under = hn::Add(hn::Set(di, static_cast<std::int32_t>(below + 2 * x)), evens);
    auto met = hn::Eq(at, left);
    const Vector a = hn::IfThenElseZero(hn::RebindMask(d, met), value);
    const Vector b = share(at, hn::Add(left, one), value, met);
    hn::StoreInterleaved2(a, b, d, row.upper + 2 * x);
    const Vector c = share(at, under, value, met);
    const Vector e = share(at, hn::Add(under, one), value, met);
    hn::StoreInterleaved2(c, e, d, row.lower + 2 * x);
    all &= hn::AllTrue(di, met);
  }
  for (; x < row.columns; ++x) {
    const Index upper = row.indices[x] - (row.first + 2 * x);
    const Index lower = row.indices[x] - (below + 2 * x);
    const float value = 0.0f + row.gradients[x];
    for (const Index u : {0, 1}) {
      row.upper[2 * x + u] = upper == u ? value : 0.0f;
      row.lower[2 * x + u] = lower == u ? value : 0.0f;
    }
    all &= upper == 0 || upper == 1 || lower == 0 || lower == 1;
  }
  return all;
}

Index lanes() {
  return kLanes;
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(run_max_pairs);
HWY_EXPORT(run_average_pairs);
HWY_EXPORT(run_average_pairs_gradient);
HWY_EXPORT(run_max_taps);
HWY_EXPORT(run_average_taps);
HWY_EXPORT(run_spread_pairs);
HWY_EXPORT(lanes);

void max_pairs(const PairsRows& pairs) {
  HWY_DYNAMIC_DISPATCH(run_max_pairs)(pairs);
}
void average_pairs(const PairsRows& pairs) {
  HWY_DYNAMIC_DISPATCH(run_average_pairs)(pairs);
}
void average_pairs_gradient(const AveragePairsGradient& pairs) {
  HWY_DYNAMIC_DISPATCH(run_average_pairs_gradient)(pairs);
}
void max_taps(const TapsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_max_taps)(row);
}
void average_taps(const TapsRow& row) {
  HWY_DYNAMIC_DISPATCH(run_average_taps)(row);
}
bool spread_pairs(const PairsGradient& row) {
  return HWY_DYNAMIC_DISPATCH(run_spread_pairs)(row);
}
Index pool_lanes() {
  return HWY_DYNAMIC_DISPATCH(lanes)();
}

}  // namespace convscope::engine::fast
#endif
