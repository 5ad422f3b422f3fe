#include "tests/bench/peers/measure.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "engine/core/parallel.h"
#include "tests/bench/names.h"

namespace convscope::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}

// Whether two threads run at the same time: they take turns, which takes long where one has to wait
// until the other's time on a processor is over.
bool run_together() {
  constexpr int kTurns = 200;
  std::atomic<int> turn{0};
  const auto end = Clock::now() + std::chrono::milliseconds(2);
  tbb::parallel_for(
      0, 2,
      [&](int thread) {
        while (turn.load() < kTurns && Clock::now() < end) {
          int expected = turn.load();
          if (expected % 2 == thread) turn.compare_exchange_strong(expected, expected + 1);
        }
      },
      tbb::simple_partitioner());
  return turn.load() >= kTurns;
}

void prepare_and_run(const Contender& contender) {
  if (contender.prepare) contender.prepare();
  contender.run();
}

// Largest difference as a share of the largest expected value.
double error(const Tensor& actual, const Tensor& expected) {
  if (actual.shape() != expected.shape()) return INFINITY;
  double most = 0.0;
  double scale = 0.0;
  for (Index i = 0; i < actual.numel(); ++i) {
    const double e = static_cast<double>(expected.data()[i]);
    const double d = std::abs(static_cast<double>(actual.data()[i]) - e);
    most = std::isnan(d) ? INFINITY : std::max(most, d);
    scale = std::max(scale, std::abs(e));
  }
  return most / scale;
}

}  // namespace

void wake_threads() {
  for (int i = 0; i < 20 && !run_together(); ++i) {
    auto wait = [](Index, Index) {
      const auto end = Clock::now() + std::chrono::microseconds(20);
      while (Clock::now() < end) {
      }
    };
    (void)fast::run_tasks(50, fast::worker_count(), {}, wait);
  }
}

std::string disagreement(const std::vector<Contender>& contenders, double tolerance) {
  std::vector<Tensor> expected;
  std::string first;
  for (const Contender& c : contenders) {
    prepare_and_run(c);
    if (!c.results) continue;
    const std::vector<Tensor> results = c.results();
    if (expected.empty()) {
      expected = results;
      first = c.name;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const double e = error(results.at(i), expected[i]);
      if (!(e <= tolerance))
        return c.name + " and " + first + " disagree by " + std::to_string(e) + " of the scale";
    }
  }
  return {};
}

std::vector<Timing> measure(const std::vector<Contender>& contenders, double seconds) {
  constexpr std::size_t kLeastRounds = 5;
  constexpr std::size_t kMaxRounds = 200;
  // OpenMP's threads spin for some milliseconds before they sleep, and take a core from the next.
  constexpr std::chrono::milliseconds kPause(30);
  std::vector<std::vector<double>> times(contenders.size());
  const auto begin = Clock::now();
  for (std::size_t round = 0; round < kMaxRounds; ++round) {
    if (round >= kLeastRounds && milliseconds(Clock::now() - begin) > seconds * 1e3) break;
    for (std::size_t i = 0; i < contenders.size(); ++i) {
      std::this_thread::sleep_for(kPause);
      wake_threads();
      prepare_and_run(contenders[i]);
      if (contenders[i].prepare) contenders[i].prepare();
      const auto start = Clock::now();
      contenders[i].run();
      times[i].push_back(milliseconds(Clock::now() - start));
    }
  }
  std::vector<Timing> result;
  for (std::vector<double>& t : times) {
    std::sort(t.begin(), t.end());
    result.push_back({t[t.size() / 2], t.front()});
  }
  return result;
}

}  // namespace convscope::bench
