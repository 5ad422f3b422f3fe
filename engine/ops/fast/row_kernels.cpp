#include "engine/ops/fast/row_kernels.h"

#include <algorithm>
#include <cmath>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/row_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

// Writes whole groups of `Stride` columns, one from each phase, from index `begin` of the phases
// on. Returns how many groups it wrote.
template <int Stride>
Index interleave_groups(const float* const* phases, Index begin, Index groups, float* to) {
  const Floats d;
  Index i = 0;
  for (; i + kLanes <= groups; i += kLanes, to += Stride * kLanes) {
    const auto phase = [&](int p) { return hn::LoadU(d, phases[p] + begin + i); };
    if constexpr (Stride == 2)
      hn::StoreInterleaved2(phase(0), phase(1), d, to);
    else if constexpr (Stride == 3)
      hn::StoreInterleaved3(phase(0), phase(1), phase(2), d, to);
    else
      hn::StoreInterleaved4(phase(0), phase(1), phase(2), phase(3), d, to);
  }
  return i;
}

Index interleave_vectors(const float* const* phases, Index stride, Index begin, Index groups,
                         float* to) {
  switch (stride) {
    case 2:
      return interleave_groups<2>(phases, begin, groups, to);
    case 3:
      return interleave_groups<3>(phases, begin, groups, to);
    case 4:
      return interleave_groups<4>(phases, begin, groups, to);
    default:
      return 0;
  }
}

void run_interleave_row(const float* const* phases, Index stride, Index first, Index count,
                        float* to) {
  if (stride == 1) {
    std::copy_n(phases[0] + first, count, to);
    return;
  }
  const Index end = first + count;
  const auto one = [&](Index p) { to[p - first] = phases[p % stride][p / stride]; };
  Index p = first;
  for (; p < end && p % stride != 0; ++p)
    one(p);
  if (p < end)
    p += stride *
         interleave_vectors(phases, stride, p / stride, (end - p) / stride, to + (p - first));
  for (; p < end; ++p)
    one(p);
}

template <int Stride>
Index deinterleave_groups(const float* from, Index groups, Index phase_size, float* to) {
  const Floats d;
  Index i = 0;
  for (; i + kLanes <= groups; i += kLanes, from += Stride * kLanes) {
    Vector phase[4];
    if constexpr (Stride == 2)
      hn::LoadInterleaved2(d, from, phase[0], phase[1]);
    else if constexpr (Stride == 3)
      hn::LoadInterleaved3(d, from, phase[0], phase[1], phase[2]);
    else
      hn::LoadInterleaved4(d, from, phase[0], phase[1], phase[2], phase[3]);
    CONVSCOPE_UNROLL
    for (int p = 0; p < Stride; ++p)
      hn::StoreU(phase[p], d, to + p * phase_size + i);
  }
  return i;
}

Index deinterleave_vectors(const float* from, Index stride, Index groups, Index phase_size,
                           float* to) {
  switch (stride) {
    case 2:
      return deinterleave_groups<2>(from, groups, phase_size, to);
    case 3:
      return deinterleave_groups<3>(from, groups, phase_size, to);
    case 4:
      return deinterleave_groups<4>(from, groups, phase_size, to);
    default:
      return 0;
  }
}

void run_deinterleave_row(const float* from, Index stride, Index first, Index count,
                          Index phase_size, float* to) {
  const Index end = first + count;
  const auto one = [&](Index p) { to[p % stride * phase_size + p / stride] = from[p - first]; };
  Index p = first;
  for (; p < end && p % stride != 0; ++p)
    one(p);
  if (p < end)
    p += stride * deinterleave_vectors(from + (p - first), stride, (end - p) / stride, phase_size,
                                       to + p / stride);
  for (; p < end; ++p)
    one(p);
}

void run_sum_rows(const float* const* rows, Index row_count, Index count, float* to) {
  const Floats d;
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    Vector sum = hn::Zero(d);
    for (Index r = 0; r < row_count; ++r)
      sum = hn::Add(sum, hn::LoadU(d, rows[r] + i));
    hn::StoreU(sum, d, to + i);
  }
  for (; i < count; ++i) {
    float sum = 0.0f;
    for (Index r = 0; r < row_count; ++r)
      sum += rows[r][i];
    to[i] = sum;
  }
}

void run_add_row(const float* from, Index count, float* to) {
  const Floats d;
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes)
    hn::StoreU(hn::Add(hn::LoadU(d, to + i), hn::LoadU(d, from + i)), d, to + i);
  for (; i < count; ++i)
    to[i] += from[i];
}

// Loads the vector from[0], from[Step], ...; reads up to from[Step * lanes - 1].
template <int Step>
HWY_INLINE Vector load_spaced(const float* from) {
  const Floats d;
  Vector first, other[3];
  if constexpr (Step == 1)
    first = hn::LoadU(d, from);
  else if constexpr (Step == 2)
    hn::LoadInterleaved2(d, from, first, other[0]);
  else if constexpr (Step == 3)
    hn::LoadInterleaved3(d, from, first, other[0], other[1]);
  else
    hn::LoadInterleaved4(d, from, first, other[0], other[1], other[2]);
  return first;
}

template <int Step>
Index add_spaced(const float* HWY_RESTRICT from, float factor, Index count,
                 float* HWY_RESTRICT to) {
  const Floats d;
  const Vector factors = hn::Set(d, factor);
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes)
    hn::StoreU(hn::MulAdd(factors, load_spaced<Step>(from + i * Step), hn::LoadU(d, to + i)), d,
               to + i);
  return i;
}

Index add_scaled(const float* from, Index step, float factor, Index count, float* to) {
  // A vector that skips values reads some beyond its last one, which must not be past the array's
  // end.
  switch (step) {
    case 1:
      return add_spaced<1>(from, factor, count, to);
    case 2:
      return add_spaced<2>(from, factor, count - 1, to);
    case 3:
      return add_spaced<3>(from, factor, count - 1, to);
    case 4:
      return add_spaced<4>(from, factor, count - 1, to);
    default:
      return 0;  // gathering takes longer than reading the values one by one
  }
}

void run_add_scaled_row(const float* HWY_RESTRICT from, Index step, float factor, Index count,
                        float* HWY_RESTRICT to) {
  for (Index i = add_scaled(from, step, factor, count, to); i < count; ++i)
    to[i] += factor * from[i * step];
}

void run_divide_row(const float* from, const float* divisors, float divisor, Index count,
                    float* to) {
  const Floats d;
  const Vector factor = hn::Set(d, divisor);
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes)
    hn::StoreU(hn::Div(hn::LoadU(d, from + i), hn::Mul(hn::LoadU(d, divisors + i), factor)), d,
               to + i);
  for (; i < count; ++i)
    to[i] = from[i] / (divisors[i] * divisor);
}

// Without the sign bit, the bits of an infinity or NaN are an integer of at least infinity's bits.
// Integer instructions leave the multipliers to the convolution, and an integer maximum takes one
// cycle.
bool run_finite_rows(const float* first, Index rows, Index stride, Index count) {
  constexpr std::int32_t kInfinity = 0x7f800000;
  const Floats d;
  const hn::RebindToSigned<Floats> bits;
  const auto all_but_sign = hn::Set(bits, 0x7fffffff);
  const auto magnitude = [&](const float* from) {
    return hn::And(hn::BitCast(bits, hn::LoadU(d, from)), all_but_sign);
  };
  auto largest = hn::Zero(bits);
  auto other = largest;
  bool finite = true;
  for (const float* from = first; from < first + rows * stride; from += stride) {
    Index i = 0;
    for (; i + 2 * kLanes <= count; i += 2 * kLanes) {
      largest = hn::Max(largest, magnitude(from + i));
      other = hn::Max(other, magnitude(from + i + kLanes));
    }
    for (; i + kLanes <= count; i += kLanes)
      largest = hn::Max(largest, magnitude(from + i));
    for (; i < count; ++i)
      finite &= std::isfinite(from[i]);
  }
  largest = hn::Max(largest, other);
  return finite && hn::AllTrue(bits, hn::Lt(largest, hn::Set(bits, kInfinity)));
}

double run_sum_of_row(const float* from, Index count) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> half;
  constexpr int kSums = 4;
  constexpr Index kDoubles = static_cast<Index>(HWY_LANES(double));
  hn::Vec<decltype(d)> sums[kSums];
  for (auto& sum : sums)
    sum = hn::Zero(d);
  Index i = 0;
  for (; i + kSums * kDoubles <= count; i += kSums * kDoubles) {
    CONVSCOPE_UNROLL
    for (int s = 0; s < kSums; ++s)
      sums[s] = hn::Add(sums[s], hn::PromoteTo(d, hn::LoadU(half, from + i + s * kDoubles)));
  }
  double sum =
      hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]))));
  for (; i < count; ++i)
    sum += static_cast<double>(from[i]);
  return sum;
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(run_interleave_row);
HWY_EXPORT(run_deinterleave_row);
HWY_EXPORT(run_sum_rows);
HWY_EXPORT(run_add_row);
HWY_EXPORT(run_add_scaled_row);
HWY_EXPORT(run_divide_row);
HWY_EXPORT(run_finite_rows);
HWY_EXPORT(run_sum_of_row);

void interleave_row(const float* const* phases, Index stride, Index first, Index count, float* to) {
  HWY_DYNAMIC_DISPATCH(run_interleave_row)(phases, stride, first, count, to);
}
void deinterleave_row(const float* from, Index stride, Index first, Index count, Index phase_size,
                      float* to) {
  HWY_DYNAMIC_DISPATCH(run_deinterleave_row)(from, stride, first, count, phase_size, to);
}
void sum_rows(const float* const* rows, Index row_count, Index count, float* to) {
  HWY_DYNAMIC_DISPATCH(run_sum_rows)(rows, row_count, count, to);
}
void add_row(const float* from, Index count, float* to) {
  HWY_DYNAMIC_DISPATCH(run_add_row)(from, count, to);
}
void add_scaled_row(const float* from, Index step, float factor, Index count, float* to) {
  HWY_DYNAMIC_DISPATCH(run_add_scaled_row)(from, step, factor, count, to);
}
void divide_row(const float* from, const float* divisors, float divisor, Index count, float* to) {
  HWY_DYNAMIC_DISPATCH(run_divide_row)(from, divisors, divisor, count, to);
}
bool finite_rows(const float* first, Index rows, Index stride, Index count) {
  return HWY_DYNAMIC_DISPATCH(run_finite_rows)(first, rows, stride, count);
}
double sum_of_row(const float* from, Index count) {
  return HWY_DYNAMIC_DISPATCH(run_sum_of_row)(from, count);
}

}  // namespace convscope::engine::fast
#endif
