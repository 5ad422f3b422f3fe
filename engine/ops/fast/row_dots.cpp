#include "engine/ops/fast/row_dots.h"

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/row_dots.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

using Doubles = hn::ScalableTag<double>;

// Rows that share one pass over a: enough independent sums to hide the latency of an addition.
constexpr Index kMaxRows = 8;

template <int Count>
HWY_INLINE void block_dots(const double* HWY_RESTRICT a, const double* const* b, Index n,
                           double* HWY_RESTRICT sums) {
  const Doubles d;
  constexpr Index lanes = static_cast<Index>(HWY_LANES(double));
  hn::Vec<Doubles> lane_sums[Count];
  CONVSCOPE_UNROLL
  for (int j = 0; j < Count; ++j)
    lane_sums[j] = hn::Zero(d);
  Index x = 0;
  for (; x + lanes <= n; x += lanes) {
    const auto value = hn::LoadU(d, a + x);
    CONVSCOPE_UNROLL
    for (int j = 0; j < Count; ++j)
      lane_sums[j] = hn::MulAdd(value, hn::LoadU(d, b[j] + x), lane_sums[j]);
  }
  for (int j = 0; j < Count; ++j) {
    double sum = hn::GetLane(hn::SumOfLanes(d, lane_sums[j]));
    for (Index rest = x; rest < n; ++rest)
      sum += a[rest] * b[j][rest];
    sums[j] += sum;
  }
}

void dots(const double* a, const double* const* b, Index count, Index n, double* sums) {
  const Index blocks = (count + kMaxRows - 1) / kMaxRows;
  for (Index k = 0; k < blocks; ++k) {
    const Index first = count * k / blocks;
    const double* const* rows = b + first;
    switch (count * (k + 1) / blocks - first) {
      case 1:
        block_dots<1>(a, rows, n, sums + first);
        break;
      case 2:
        block_dots<2>(a, rows, n, sums + first);
        break;
      case 3:
        block_dots<3>(a, rows, n, sums + first);
        break;
      case 4:
        block_dots<4>(a, rows, n, sums + first);
        break;
      case 5:
        block_dots<5>(a, rows, n, sums + first);
        break;
      case 6:
        block_dots<6>(a, rows, n, sums + first);
        break;
      case 7:
        block_dots<7>(a, rows, n, sums + first);
        break;
      default:
        block_dots<8>(a, rows, n, sums + first);
    }
  }
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(dots);

void row_dots(const double* a, const double* const* b, Index count, Index n, double* sums) {
  HWY_DYNAMIC_DISPATCH(dots)(a, b, count, n, sums);
}

}  // namespace convscope::engine::fast
#endif
