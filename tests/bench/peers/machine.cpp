#include "tests/bench/peers/machine.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

#include "engine/ops/fast/targets.h"
#include "tests/bench/peers/contender.h"
#include "tests/bench/peers/measure.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/bench/peers/machine.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/ops/fast/simd-inl.h"
#include "tests/bench/names.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::engine::fast::HWY_NAMESPACE {

constexpr int kChains = 10;

// Independent chains of multiply-adds; returns how many were done. The sum keeps them alive.
Index multiply_adds(Index rounds, float* sum) {
  const Floats d;
  Vector chain[kChains];
  CONVSCOPE_UNROLL
  for (int i = 0; i < kChains; ++i)
    chain[i] = hn::Set(d, static_cast<float>(i));
  Vector factor = hn::Set(d, 0.5f);
  hold(factor);
  for (Index r = 0; r < rounds; ++r) {
    CONVSCOPE_UNROLL
    for (int i = 0; i < kChains; ++i) {
      chain[i] = hn::MulAdd(chain[i], factor, factor);
      hold(chain[i]);
    }
  }
  Vector total = chain[0];
  CONVSCOPE_UNROLL
  for (int i = 1; i < kChains; ++i)
    total = hn::Add(total, chain[i]);
  *sum = hn::GetLane(total);
  return rounds * kChains * kLanes;
}

}  // namespace convscope::engine::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::engine::fast {
HWY_EXPORT(multiply_adds);

static Index best_multiply_adds(Index rounds, float* sum) {
  return HWY_DYNAMIC_DISPATCH(multiply_adds)(rounds, sum);
}
}  // namespace convscope::engine::fast

namespace convscope::bench {
namespace {

// The least of ten rounds, in seconds.
template <typename F>
double shortest(const F& work) {
  double best = 1e9;
  for (int i = 0; i < 10; ++i) {
    wake_threads();
    const auto begin = std::chrono::steady_clock::now();
    tbb::parallel_for(0, kThreads, work);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    best = std::min(best, time.count());
  }
  return best;
}

}  // namespace

double peak_gmacs() {
  constexpr Index kRounds = 2'000'000;
  std::vector<float> sums(kThreads);
  Index done = 0;
  const double time = shortest([&](int thread) {
    const Index count = fast::best_multiply_adds(kRounds, &sums[static_cast<std::size_t>(thread)]);
    if (thread == 0) done = count;
  });
  return static_cast<double>(done) * kThreads / time * 1e-9;
}

double copy_gbytes() {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  const std::vector<char> from(kBytes * kThreads, 1);
  std::vector<char> to(kBytes * kThreads);
  const double time = shortest([&](int thread) {
    const std::size_t begin = kBytes * static_cast<std::size_t>(thread);
    std::memcpy(to.data() + begin, from.data() + begin, kBytes);
  });
  return 2.0 * static_cast<double>(kBytes * kThreads) / time * 1e-9;
}

}  // namespace convscope::bench
#endif
