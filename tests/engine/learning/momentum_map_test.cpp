#include "engine/learning/momentum_map.h"

#include <Eigen/Eigenvalues>
#include <chrono>
#include <cmath>

#include "engine/learning/quadratic_analysis.h"
#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// The spectral radius of the whole iteration: the companion matrix of all eigenvalues at once.
double spectral_radius(const Momentum& m, double rate, const std::vector<double>& eigenvalues) {
  const auto n = static_cast<Eigen::Index>(eigenvalues.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(2 * n, 2 * n);
  for (Eigen::Index k = 0; k < n; ++k) {
    // Of the errors now and before: e' = trace e − determinant e_before.
    const double x = rate * eigenvalues[static_cast<std::size_t>(k)];
    const double keeps = m.nesterov ? 1.0 - x : 1.0;
    matrix(k, k) = (m.nesterov ? (1.0 + m.beta) * keeps : 1.0 + m.beta - x);
    matrix(k, n + k) = -m.beta * keeps;
    matrix(n + k, k) = 1.0;
  }
  return matrix.eigenvalues().cwiseAbs().maxCoeff();
}

class MapOf : public testing::TestWithParam<bool> {};

TEST_P(MapOf, EveryCellIsTheIterationsSpectralRadius) {
  const std::vector<double> eigenvalues{60, 41, 12, 3, 0.9};
  const MomentumMapAxes axes = momentum_map_axes(60, 0.9, 0.01);
  const Yx size{12, 16};
  const Tensor map = momentum_map(axes, GetParam(), 60, 0.9, size);
  int diverging = 0;
  for (Index y = 0; y < size.y; ++y) {
    for (Index x = 0; x < size.x; ++x) {
      const double up = 1.0 - (static_cast<double>(y) + 0.5) / static_cast<double>(size.y);
      const double across = (static_cast<double>(x) + 0.5) / static_cast<double>(size.x);
      const Momentum m{MomentumMapAxes::beta_at(up), GetParam()};
      const double radius = spectral_radius(m, axes.rate_at(across), eigenvalues);
      if (radius >= 1.0) {
        ++diverging;
        EXPECT_EQ(map.at(y, x), 7.0f);
        EXPECT_GE(axes.rate_at(across), cliff_reach(m) / 60);
      } else {
        const double steps = std::log(10.0) / (-2.0 * std::log(radius));
        EXPECT_NEAR(static_cast<double>(map.at(y, x)), std::log10(steps), 1e-5);
        EXPECT_LT(axes.rate_at(across), cliff_reach(m) / 60);
      }
    }
  }
  EXPECT_GT(diverging, 10);
}

INSTANTIATE_TEST_SUITE_P(Rules, MapOf, testing::Bool(),
                         [](const auto& run) { return run.param ? "Nesterov" : "Momentum"; });

TEST(MomentumMap, PlacesAndBack) {
  const MomentumMapAxes axes{1e-3, 10.0};
  for (const double share : {0.0, 0.25, 0.6, 1.0}) {
    EXPECT_NEAR(axes.across(axes.rate_at(share)), share, 1e-12);
    EXPECT_NEAR(MomentumMapAxes::up(MomentumMapAxes::beta_at(share)), share, 1e-12);
  }
  EXPECT_EQ(MomentumMapAxes::beta_at(0.0), 0.0);
  EXPECT_NEAR(MomentumMapAxes::beta_at(1.0), 0.999, 1e-15);
  EXPECT_EQ(MomentumMapAxes::up(0.0), 0.0);
  EXPECT_NEAR(MomentumMapAxes::up(0.5), 0.23, 0.005);
  EXPECT_NEAR(MomentumMapAxes::up(0.9), 0.6, 0.01);
}

TEST(MomentumMap, HasTheBestPointsAndTheRate) {
  for (const double condition : {1.0, 5.0, 1e4, 1e8}) {
    for (const double rate : {1e-12, 0.01, 50.0}) {
      const MomentumMapAxes axes = momentum_map_axes(3.0, 3.0 / condition, rate);
      for (const double seen : {rate, best_momentum(false, 3.0, 3.0 / condition).rate,
                                best_momentum(true, 3.0, 3.0 / condition).rate, 4.0 / 3.0}) {
        EXPECT_GE(axes.across(seen), -1e-12);
        EXPECT_LE(axes.across(seen), 1.0 + 1e-12);
      }
    }
  }
}

TEST(MomentumMap, TheBestCellIsWherePolyakSays) {
  const MomentumMapAxes axes = momentum_map_axes(100, 1, 0.01);
  const Yx size{192, 256};
  const Tensor map = momentum_map(axes, false, 100, 1, size);
  const auto best = std::ranges::min_element(map.values()) - map.values().begin();
  const BestMomentum point = best_momentum(false, 100, 1);
  EXPECT_NEAR((static_cast<double>(best % size.x) + 0.5) / static_cast<double>(size.x),
              axes.across(point.rate), 0.02);
  EXPECT_NEAR(1.0 - (static_cast<double>(best / size.x) + 0.5) / static_cast<double>(size.y),
              MomentumMapAxes::up(point.beta), 0.02);
}

TEST(MomentumMap, TakesAMomentOfAFrame) {
  const auto begin = std::chrono::steady_clock::now();
  momentum_map(momentum_map_axes(100, 1e-3, 0.01), true, 100, 1e-3, {96, 128});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  RecordProperty("microseconds", static_cast<int>(took.count() * 1e6));
  EXPECT_LT(took.count(), 0.25) << "even under a sanitizer";
}

TEST(MomentumMap, TheCliffDivides) {
  const std::vector<double> rates = cliff_rates(false, 100, 5);
  ASSERT_EQ(rates.size(), 5u);
  EXPECT_DOUBLE_EQ(rates.front(), 0.02) << "2 / λmax without momentum";
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const Momentum momentum{MomentumMapAxes::beta_at(static_cast<double>(i) / 4.0), false};
    EXPECT_GT(slowest_decay(momentum, 0.999 * rates[i], 100, 1), 0.0) << i;
    EXPECT_LT(slowest_decay(momentum, 1.001 * rates[i], 100, 1), 0.0) << i;
  }
}

TEST(MomentumMap, MarksAreWhereSoManyStepsAreTaken) {
  const MomentumMapAxes axes = momentum_map_axes(100, 1, 1e-6);
  const std::vector<StepsMark> marks = steps_marks(axes, false, 100, 1);
  ASSERT_GE(marks.size(), 3u);
  for (const StepsMark& mark : marks) {
    const double rate = axes.rate_at(mark.across);
    EXPECT_NEAR(steps_for_digit(slowest_decay({}, rate, 100, 1)) / mark.steps, 1.0, 0.05);
  }
}

}  // namespace
}  // namespace convscope::engine
