#include "engine/ops/fast/learn_kernels.h"

#include <algorithm>

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

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(run_subtract_row);

double subtract_row(float* prediction, const float* target, Index count, float* error,
                    bool streaming) {
  return HWY_DYNAMIC_DISPATCH(run_subtract_row)(prediction, target, count, error, streaming);
}

}  // namespace convscope::engine::fast
#endif
