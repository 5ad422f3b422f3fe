#include "app/session/stop_watch.h"

#include <gtest/gtest.h>

namespace convscope::session {
namespace {

constexpr StopReason kNone = StopReason::kNone;

TEST(StopWatch, SaysNothingWithoutRules) {
  const StopRules rules{.plateau = false};
  StopWatch watch;
  watch.start(0, 1.0);
  for (Index step = 1; step < 1000; ++step)
    EXPECT_EQ(watch.check(rules, step, 0.0, 1.0, 0.0), kNone);
}

TEST(StopWatch, ALossStopsWhereItIsCrossedOnly) {
  const StopRules rules{.loss = 0.5f};
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check(rules, 1, 0.6, 1.0), kNone);
  EXPECT_EQ(watch.check(rules, 2, 0.4, 1.0), StopReason::kLoss);
  watch.start(2, 0.4);
  EXPECT_EQ(watch.check(rules, 3, 0.3, 1.0), kNone);
  EXPECT_EQ(watch.check(rules, 4, 0.7, 1.0), kNone);
  EXPECT_EQ(watch.check(rules, 5, 0.3, 1.0), StopReason::kLoss);
}

TEST(StopWatch, StepsAreCountedFromTheStart) {
  const StopRules rules{.steps = 3};
  StopWatch watch;
  watch.start(1, 1.0);
  EXPECT_EQ(watch.check(rules, 2, 1.0, 1.0), kNone);
  EXPECT_EQ(watch.check(rules, 3, 1.0, 1.0), StopReason::kSteps);
  EXPECT_EQ(watch.check(rules, 4, 1.0, 1.0), kNone);
}

TEST(StopWatch, APlateauIsAHundredStepsWithoutChange) {
  const StopRules rules{.plateau = true};
  StopWatch watch;
  watch.start(0, 1.0);
  double loss = 1.0;
  for (Index step = 1; step <= 400; ++step) {
    loss *= 1.0 - 2e-6;  // 2e-4 in 100 steps
    EXPECT_EQ(watch.check(rules, step, loss, 1.0), kNone);
  }
  for (Index step = 401; step < 500; ++step) {
    loss *= 1.0 - 1e-8;
    EXPECT_EQ(watch.check(rules, step, loss, 1.0), kNone);
  }
  EXPECT_EQ(watch.check(rules, 500, loss, 1.0), StopReason::kFlat);
}

TEST(StopWatch, ALossThatGrowsIsNoPlateau) {
  const StopRules rules{.plateau = true};
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check(rules, 100, 1.1, 1.0), kNone);
}

TEST(StopWatch, ALossThatComesBackToWhereItWasIsNoPlateau) {
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check({}, 50, 0.5, 1.0), kNone);
  EXPECT_EQ(watch.check({}, 100, 1.0, 1.0), kNone);
}

TEST(StopWatch, ALossThatStaysTheSameEndsARunThatNobodyLimited) {
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check({}, 1, 0.5, 1.0), kNone);
  for (Index step = 2; step <= StopWatch::kRestSteps; ++step)
    EXPECT_EQ(watch.check({}, step, 0.5, 1.0), kNone);
  EXPECT_EQ(watch.check({}, StopWatch::kRestSteps + 1, 0.5, 1.0), StopReason::kSame);
}

TEST(StopWatch, ALossAtItsLeastIsNoRestBeforeItHasStayedThere) {
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check({}, 1, 0.1, 1.0, 0.2), kNone);
  EXPECT_EQ(watch.check({}, 2, 0.3, 1.0, 0.2), kNone) << "with momentum it goes on";
  for (Index step = 3; step < 3 + StopWatch::kRestSteps - 1; ++step)
    EXPECT_EQ(watch.check({}, step, 0.2 - 0.01 * static_cast<double>(step), 1.0, 0.2), kNone);
  EXPECT_EQ(watch.check({}, 3 + StopWatch::kRestSteps, 0.01, 1.0, 0.2), StopReason::kRests);
}

TEST(StopWatch, ARunOfSoManyStepsTakesThemAll) {
  const StopRules rules{.steps = 300};
  StopWatch watch;
  watch.start(0, 1.0);
  for (Index step = 1; step < 300; ++step)
    EXPECT_EQ(watch.check(rules, step, 0.5, 1.0, 0.5), kNone);
  EXPECT_EQ(watch.check(rules, 300, 0.5, 1.0, 0.5), StopReason::kSteps);
  EXPECT_EQ(watch.check(rules, 301, 0.5, 1.0, 0.5), StopReason::kRests) << "beyond them it ends";
  const StopRules both{.steps = 300, .plateau = true};
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check(both, 1, 0.5, 1.0, 0.1), kNone);
  for (Index step = 2; step <= StopWatch::kRestSteps; ++step)
    watch.check(both, step, 0.5, 1.0, 0.1);
  EXPECT_EQ(watch.check(both, StopWatch::kRestSteps + 1, 0.5, 1.0, 0.1), StopReason::kSame);
}

}  // namespace
}  // namespace convscope::session
