#include "engine/ops/fast/fft_kernels.h"

#include <cmath>
#include <numbers>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/fft_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

struct Complex {
  Vector re, im;
};

HWY_INLINE Complex load(const ComplexTile& t, Index row) {
  const Floats d;
  return {hn::Load(d, t.re + row * kTileStride), hn::Load(d, t.im + row * kTileStride)};
}
HWY_INLINE void store(const Complex& v, const ComplexTile& t, Index row) {
  const Floats d;
  hn::Store(v.re, d, t.re + row * kTileStride);
  hn::Store(v.im, d, t.im + row * kTileStride);
}
HWY_INLINE Complex operator+(const Complex& a, const Complex& b) {
  return {hn::Add(a.re, b.re), hn::Add(a.im, b.im)};
}
HWY_INLINE Complex operator-(const Complex& a, const Complex& b) {
  return {hn::Sub(a.re, b.re), hn::Sub(a.im, b.im)};
}
// Returns a + i b; minus_i returns a - i b.
HWY_INLINE Complex plus_i(const Complex& a, const Complex& b) {
  return {hn::Sub(a.re, b.im), hn::Add(a.im, b.re)};
}
HWY_INLINE Complex minus_i(const Complex& a, const Complex& b) {
  return {hn::Add(a.re, b.im), hn::Sub(a.im, b.re)};
}
// Returns a * w; times_conj returns a * conj(w).
HWY_INLINE Complex times(const Complex& a, const float* w) {
  const Floats d;
  const Vector re = hn::Set(d, w[0]);
  const Vector im = hn::Set(d, w[1]);
  return {hn::NegMulAdd(a.im, im, hn::Mul(a.re, re)), hn::MulAdd(a.re, im, hn::Mul(a.im, re))};
}
HWY_INLINE Complex times_conj(const Complex& a, const float* w) {
  const Floats d;
  const Vector re = hn::Set(d, w[0]);
  const Vector im = hn::Set(d, w[1]);
  return {hn::MulAdd(a.im, im, hn::Mul(a.re, re)), hn::NegMulAdd(a.re, im, hn::Mul(a.im, re))};
}

// Does one radix-4 step of length `length` on all parts of a strip of columns.
HWY_INLINE void step(const ComplexTile& t, Index length, const float* twiddle) {
  const Index quarter = length / 4;
  for (Index j = 0; j < quarter; ++j, twiddle += 6) {
    for (Index at = j; at < kTile; at += length) {
      const Complex a = load(t, at);
      const Complex b = load(t, at + quarter);
      const Complex c = load(t, at + 2 * quarter);
      const Complex e = load(t, at + 3 * quarter);
      const Complex even = a + c;
      const Complex odd = b + e;
      const Complex even_less = a - c;
      const Complex odd_less = b - e;
      store(even + odd, t, at);
      store(times(minus_i(even_less, odd_less), twiddle), t, at + quarter);
      store(times(even - odd, twiddle + 2), t, at + 2 * quarter);
      store(times(plus_i(even_less, odd_less), twiddle + 4), t, at + 3 * quarter);
    }
  }
}

HWY_INLINE void step_back(const ComplexTile& t, Index length, const float* twiddle) {
  const Index quarter = length / 4;
  for (Index j = 0; j < quarter; ++j, twiddle += 6) {
    for (Index at = j; at < kTile; at += length) {
      const Complex a = load(t, at);
      const Complex b = times_conj(load(t, at + quarter), twiddle);
      const Complex c = times_conj(load(t, at + 2 * quarter), twiddle + 2);
      const Complex e = times_conj(load(t, at + 3 * quarter), twiddle + 4);
      const Complex even = a + c;
      const Complex odd = b + e;
      const Complex even_less = a - c;
      const Complex odd_less = b - e;
      store(even + odd, t, at);
      store(plus_i(even_less, odd_less), t, at + quarter);
      store(even - odd, t, at + 2 * quarter);
      store(minus_i(even_less, odd_less), t, at + 3 * quarter);
    }
  }
}

// Apart from a factor of 2 the radix-2 step is its own inverse.
HWY_INLINE void last_step(const ComplexTile& t) {
  for (Index at = 0; at < kTile; at += 2) {
    const Complex a = load(t, at);
    const Complex b = load(t, at + 1);
    store(a + b, t, at);
    store(a - b, t, at + 1);
  }
}

// Goes strip by strip, so that all steps find their strip in the first-level cache.
void run_forward(const ComplexTile& tile, const Twiddles& w) {
  for (Index x = 0; x < kTile; x += kLanes) {
    const ComplexTile strip{tile.re + x, tile.im + x};
    step(strip, 128, w.of_128.data());
    step(strip, 32, w.of_32.data());
    step(strip, 8, w.of_8.data());
    last_step(strip);
  }
}

void run_back(const ComplexTile& tile, const Twiddles& w) {
  for (Index x = 0; x < kTile; x += kLanes) {
    const ComplexTile strip{tile.re + x, tile.im + x};
    last_step(strip);
    step_back(strip, 8, w.of_8.data());
    step_back(strip, 32, w.of_32.data());
    step_back(strip, 128, w.of_128.data());
  }
}

#if HWY_TARGET == HWY_SCALAR
void run_transpose(const float* from, float* to) {
  for (Index y = 0; y < kTile; ++y)
    for (Index x = 0; x < kTile; ++x)
      to[x * kTileStride + y] = from[y * kTileStride + x];
}
#else
// Transposes in blocks of four by four: interleaves pairs of rows, then pairs of the results.
void run_transpose(const float* from, float* to) {
  const hn::CappedTag<float, 4> d;
  const hn::Repartition<double, decltype(d)> pairs;
  for (Index y = 0; y < kTile; y += 4) {
    for (Index x = 0; x < kTile; x += 4) {
      const float* f = from + y * kTileStride + x;
      const auto a = hn::Load(d, f);
      const auto b = hn::Load(d, f + kTileStride);
      const auto c = hn::Load(d, f + 2 * kTileStride);
      const auto e = hn::Load(d, f + 3 * kTileStride);
      const auto ab = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
      const auto ce = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
      const auto ab_upper = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
      const auto ce_upper = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
      float* t = to + x * kTileStride + y;
      hn::Store(hn::BitCast(d, hn::InterleaveLower(pairs, ab, ce)), d, t);
      hn::Store(hn::BitCast(d, hn::InterleaveUpper(pairs, ab, ce)), d, t + kTileStride);
      hn::Store(hn::BitCast(d, hn::InterleaveLower(pairs, ab_upper, ce_upper)), d,
                t + 2 * kTileStride);
      hn::Store(hn::BitCast(d, hn::InterleaveUpper(pairs, ab_upper, ce_upper)), d,
                t + 3 * kTileStride);
    }
  }
}
#endif

void run_multiply(const ComplexTile& a, const ComplexTile& b) {
  const Floats d;
  for (Index i = 0; i < kTileFloats; i += kLanes) {
    const Vector are = hn::Load(d, a.re + i);
    const Vector aim = hn::Load(d, a.im + i);
    const Vector bre = hn::Load(d, b.re + i);
    const Vector bim = hn::Load(d, b.im + i);
    hn::Store(hn::NegMulAdd(aim, bim, hn::Mul(are, bre)), d, a.re + i);
    hn::Store(hn::MulAdd(are, bim, hn::Mul(aim, bre)), d, a.im + i);
  }
}

// Detects them by multiplying with 0, which gives NaN for every value that is not finite.
bool run_all_finite(const float* tile) {
  const Floats d;
  Vector sum = hn::Zero(d);
  for (Index i = 0; i < kTileFloats; i += kLanes)
    sum = hn::MulAdd(hn::Load(d, tile + i), hn::Zero(d), sum);
  return hn::GetLane(hn::SumOfLanes(d, sum)) == 0.0f;
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {
namespace {

template <std::size_t N>
void fill(std::array<float, N>& to, int length) {
  for (std::size_t i = 0; i < N; i += 2) {
    const std::size_t third = i / 6;
    const auto j = static_cast<double>(third);
    const auto power = static_cast<double>(i / 2 % 3 + 1);
    const double angle = -2.0 * std::numbers::pi * j * power / length;
    to[i] = static_cast<float>(std::cos(angle));
    to[i + 1] = static_cast<float>(std::sin(angle));
  }
}

}  // namespace

HWY_EXPORT(run_forward);
HWY_EXPORT(run_back);
HWY_EXPORT(run_transpose);
HWY_EXPORT(run_multiply);
HWY_EXPORT(run_all_finite);

Twiddles make_twiddles() {
  Twiddles w;
  fill(w.of_128, 128);
  fill(w.of_32, 32);
  fill(w.of_8, 8);
  return w;
}

void transform_columns(const ComplexTile& tile, const Twiddles& twiddles) {
  HWY_DYNAMIC_DISPATCH(run_forward)(tile, twiddles);
}
void transform_columns_back(const ComplexTile& tile, const Twiddles& twiddles) {
  HWY_DYNAMIC_DISPATCH(run_back)(tile, twiddles);
}
void transpose(const float* from, float* to) {
  HWY_DYNAMIC_DISPATCH(run_transpose)(from, to);
}
void multiply(const ComplexTile& a, const ComplexTile& b) {
  HWY_DYNAMIC_DISPATCH(run_multiply)(a, b);
}
bool all_finite(const float* tile) {
  return HWY_DYNAMIC_DISPATCH(run_all_finite)(tile);
}

}  // namespace convscope::engine::fast
#endif
