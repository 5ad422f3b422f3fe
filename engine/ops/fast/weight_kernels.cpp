#include "engine/ops/fast/weight_kernels.h"

#include <hwy/cache_control.h>

#include "engine/ops/fast/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/ops/fast/weight_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

// A x B sums stay in registers; each row of `a` is loaded once for all rows of `b`.
constexpr int kMaxA = kRegisters == 32 ? 4 : 3;
constexpr int kMaxB = kRegisters == 32 ? 6 : 4;

template <int A, int B, typename Mask>
HWY_INLINE void add_products(const float* const* a, const float* const* b, Index x,
                             const Mask& mask, Vector (&sums)[A][B]) {
  const Floats d;
  Vector values[A];
  CONVSCOPE_UNROLL
  for (int i = 0; i < A; ++i) {
    values[i] = mask(hn::LoadU(d, a[i] + x));
    hold(values[i]);
  }
  CONVSCOPE_UNROLL
  for (int j = 0; j < B; ++j) {
    Vector other = mask(hn::LoadU(d, b[j] + x));
    hold(other);
    CONVSCOPE_UNROLL
    for (int i = 0; i < A; ++i)
      sums[i][j] = hn::MulAdd(values[i], other, sums[i][j]);
  }
}

template <int A, int B>
HWY_NOINLINE void products(const RowProducts& rows) {
  const Floats d;
  Vector sums[A][B];
  CONVSCOPE_UNROLL
  for (int i = 0; i < A; ++i) {
    CONVSCOPE_UNROLL
    for (int j = 0; j < B; ++j)
      sums[i][j] = hn::Zero(d);
  }
  for (Index step = 0; step < rows.steps; ++step) {
    const float* const* a = rows.a + step * A;
    const float* const* b = rows.b + step * B;
    Index x = 0;
    const auto whole = [](Vector v) { return v; };
    if (rows.ahead && step + 1 < rows.steps) {
      for (; x + kLanes <= rows.width; x += kLanes) {
        hwy::Prefetch(a[A] + x);
        hwy::Prefetch(b[B] + x);
        add_products(a, b, x, whole, sums);
      }
    }
    for (; x + kLanes <= rows.width; x += kLanes)
      add_products(a, b, x, whole, sums);
    if (x < rows.width) {
      const auto inside = hn::FirstN(d, static_cast<std::size_t>(rows.width - x));
      add_products(
          a, b, x, [&](Vector v) { return hn::IfThenElseZero(inside, v); }, sums);
    }
  }
  CONVSCOPE_UNROLL
  for (int i = 0; i < A; ++i) {
    CONVSCOPE_UNROLL
    for (int j = 0; j < B; ++j)
      rows.sums[rows.a_places[i] + rows.b_places[j]] +=
          static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sums[i][j])));
  }
}

template <int A, int B = kMaxB>
void with_b(const RowProducts& rows) {
  if constexpr (B > 1) {
    if (rows.b_count < B) return with_b<A, B - 1>(rows);
  }
  products<A, B>(rows);
}

template <int A = kMaxA>
void with_a(const RowProducts& rows) {
  if constexpr (A > 1) {
    if (rows.a_count < A) return with_a<A - 1>(rows);
  }
  with_b<A>(rows);
}

void run_row_products(const RowProducts& rows) {
  with_a<>(rows);
}

RowProductsBlocking product_blocks() {
  return {kMaxA, kMaxB, kLanes};
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {

HWY_EXPORT(product_blocks);
HWY_EXPORT(run_row_products);

RowProductsBlocking row_products_blocking() {
  return HWY_DYNAMIC_DISPATCH(product_blocks)();
}

void row_products(const RowProducts& rows) {
  HWY_DYNAMIC_DISPATCH(run_row_products)(rows);
}

}  // namespace convscope::engine::fast
#endif
