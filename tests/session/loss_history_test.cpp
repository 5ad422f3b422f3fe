#include "app/session/loss_history.h"

#include <gtest/gtest.h>

namespace convscope::session {
namespace {

TEST(LossHistory, KeepsEveryStepOfAShortRun) {
  LossHistory history;
  for (Index step = 0; step <= 1000; ++step)
    history.add({step, static_cast<double>(2 * step)});
  ASSERT_EQ(history.points().size(), 1001u);
  for (Index step = 0; step <= 1000; ++step) {
    EXPECT_EQ(history.points()[static_cast<std::size_t>(step)].step, step);
    EXPECT_EQ(history.points()[static_cast<std::size_t>(step)].loss, 2.0 * double(step));
  }
}

TEST(LossHistory, IsBoundedAndKeepsFirstAndNewest) {
  LossHistory history;
  for (Index step = 0; step <= 1'000'000; ++step) {
    history.add({step, static_cast<double>(step)});
    ASSERT_LE(history.points().size(), 4096u);
    ASSERT_EQ(history.points().front().step, 0);
    ASSERT_EQ(history.points().back().step, step);
  }
  // Evenly spread, in order, each with its own loss.
  const std::vector<LossPoint>& points = history.points();
  EXPECT_GT(points.size(), 2000u);
  const Index every = points[1].step;
  for (std::size_t i = 1; i < points.size(); ++i) {
    EXPECT_GT(points[i].step, points[i - 1].step);
    EXPECT_LE(points[i].step - points[i - 1].step, every);
    EXPECT_EQ(points[i].loss, static_cast<double>(points[i].step));
  }
}

}  // namespace
}  // namespace convscope::session
