#include "app/session/stop_watch.h"

#include <gtest/gtest.h>

namespace convscope::session {
namespace {

TEST(StopWatch, SaysNothingWithoutRules) {
  StopWatch watch;
  watch.start(0, 1.0);
  for (Index step = 1; step < 1000; ++step)
    EXPECT_EQ(watch.check({}, step, 0.0, 1.0), "");
}

TEST(StopWatch, ALossStopsWhereItIsCrossedOnly) {
  const StopRules rules{.loss = 0.5f};
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check(rules, 1, 0.6, 1.0), "");
  EXPECT_EQ(watch.check(rules, 2, 0.4, 1.0), "Paused after step 2: the loss is below 0.5.");
  watch.start(2, 0.4);
  EXPECT_EQ(watch.check(rules, 3, 0.3, 1.0), "");
  EXPECT_EQ(watch.check(rules, 4, 0.7, 1.0), "");
  EXPECT_NE(watch.check(rules, 5, 0.3, 1.0), "");
}

TEST(StopWatch, StepsAreCountedFromTheStart) {
  const StopRules rules{.steps = 3};
  StopWatch watch;
  watch.start(1, 1.0);
  EXPECT_EQ(watch.check(rules, 2, 1.0, 1.0), "");
  EXPECT_EQ(watch.check(rules, 3, 1.0, 1.0), "Paused after 3 steps, as set.");
  EXPECT_EQ(watch.check(rules, 4, 1.0, 1.0), "");
}

TEST(StopWatch, APlateauIsAHundredStepsWithoutChange) {
  const StopRules rules{.plateau = true};
  StopWatch watch;
  watch.start(0, 1.0);
  double loss = 1.0;
  for (Index step = 1; step <= 400; ++step) {
    loss *= 1.0 - 2e-6;  // 2e-4 in 100 steps
    EXPECT_EQ(watch.check(rules, step, loss, 1.0), "");
  }
  for (Index step = 401; step < 500; ++step)
    EXPECT_EQ(watch.check(rules, step, loss, 1.0), "");
  EXPECT_EQ(watch.check(rules, 500, loss, 1.0),
            "Paused after step 500: the loss has changed by less than 0.01 % in 100 steps.");
}

TEST(StopWatch, ALossThatGrowsIsNoPlateau) {
  const StopRules rules{.plateau = true};
  StopWatch watch;
  watch.start(0, 1.0);
  EXPECT_EQ(watch.check(rules, 100, 1.1, 1.0), "");
}

}  // namespace
}  // namespace convscope::session
