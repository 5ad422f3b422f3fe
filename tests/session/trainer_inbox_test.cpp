// Which commands to a trainer hold beside each other, and which take the place of others.
#include "app/session/trainer_inbox.h"

#include <gtest/gtest.h>

namespace convscope::session {
namespace {

using Run = TrainingCourse::Run;
using std::chrono::milliseconds;

constexpr TrainerInbox::Time kNow{std::chrono::hours(1)};

TEST(TrainerInbox, ASeekThenStepsThenARunAreKeptSideBySide) {
  TrainerInbox inbox;
  inbox.seek(7);
  EXPECT_TRUE(inbox.step());
  EXPECT_TRUE(inbox.step());
  inbox.run();
  EXPECT_EQ(inbox.course.seek, 7);
  EXPECT_EQ(inbox.course.steps, 2);
  EXPECT_EQ(inbox.course.run, Run::kAsked);
}

TEST(TrainerInbox, AStepMeansNothingWhileItRuns) {
  TrainerInbox inbox;
  inbox.run();
  EXPECT_FALSE(inbox.step());
  EXPECT_EQ(inbox.course.steps, 0);
}

TEST(TrainerInbox, APauseDropsStepsAndTheRunButNoSeek) {
  TrainerInbox inbox;
  inbox.seek(7);
  inbox.step();
  inbox.run();
  inbox.pause();
  EXPECT_EQ(inbox.course.seek, 7);
  EXPECT_FALSE(inbox.course.moves_on());
  EXPECT_TRUE(inbox.republish);
}

TEST(TrainerInbox, ASeekTakesThePlaceOfAllBeforeIt) {
  TrainerInbox inbox;
  inbox.seek(7);
  inbox.step();
  inbox.run();
  inbox.seek(3);
  EXPECT_EQ(inbox.course.seek, 3);
  EXPECT_FALSE(inbox.course.moves_on());
}

TEST(TrainerInbox, AnotherSetupDropsAllCommandsToTheRunBefore) {
  TrainerInbox inbox;
  inbox.seek(7);
  inbox.step();
  inbox.run();
  inbox.start_over({}, kNow, false);
  EXPECT_FALSE(inbox.course.seek.has_value());
  EXPECT_FALSE(inbox.course.moves_on());
  EXPECT_TRUE(inbox.beginning.has_value());
}

TEST(TrainerInbox, WhyTheRunPausedIsToldUntilItMovesAgain) {
  TrainerInbox paused;
  paused.notice = "Paused after 25 steps, as set.";
  TrainerInbox inbox = paused;
  inbox.pause();
  EXPECT_EQ(inbox.notice, paused.notice);
  inbox.step();
  EXPECT_EQ(inbox.notice, "");
  inbox = paused;
  inbox.run();
  EXPECT_EQ(inbox.notice, "");
  inbox = paused;
  inbox.seek(3);
  EXPECT_EQ(inbox.notice, "");
  inbox = paused;
  inbox.start_over({}, kNow, false);
  EXPECT_EQ(inbox.notice, "");
}

TEST(TrainerInbox, CostlySumsWaitWhileChangesFollowEachOther) {
  TrainerInbox inbox;
  inbox.start_over({}, kNow, true);
  EXPECT_EQ(inbox.beginning->earliest, kNow) << "the first change";
  const TrainerInbox::Time soon = kNow + TrainerInbox::kPatience / 2;
  inbox.start_over({}, soon, true);
  EXPECT_EQ(inbox.beginning->earliest, soon + TrainerInbox::kPatience);
  TrainerInbox other = inbox;
  other.start_over({}, soon, false);
  EXPECT_EQ(other.beginning->earliest, soon) << "cheap sums never wait";
  const TrainerInbox::Time later = soon + TrainerInbox::kPatience;
  inbox.start_over({}, later, true);
  EXPECT_EQ(inbox.beginning->earliest, later) << "the drag is over";
}

TEST(TrainerInbox, WhoeverStepsOrRunsIsNotKeptWaiting) {
  TrainerInbox waiting;
  waiting.start_over({}, kNow, true);
  waiting.start_over({}, kNow + milliseconds(1), true);
  TrainerInbox inbox = waiting;
  inbox.step();
  EXPECT_LT(inbox.beginning->earliest, kNow);
  inbox = waiting;
  inbox.run();
  EXPECT_LT(inbox.beginning->earliest, kNow);
}

TEST(TrainerInbox, StepsASecondComeOneByOneAndStepsAFrameTogether) {
  LearningScene learning;
  learning.steps_per_frame = 50;
  TrainerInbox inbox;
  inbox.follow(learning);
  EXPECT_EQ(inbox.pace.batch(), 50);
  EXPECT_EQ(inbox.pace.pause(), milliseconds(16));
  learning.steps_per_second = 5;
  inbox.follow(learning);
  EXPECT_EQ(inbox.pace.batch(), 1);
  EXPECT_EQ(inbox.pace.pause(), milliseconds(200));
  learning.steps_per_second = 1;
  inbox.follow(learning);
  EXPECT_EQ(inbox.pace.pause(), milliseconds(1000));
}

TEST(TrainerInbox, WhatNobodyLooksAtBeginsWhenItIsToMove) {
  TrainerInbox inbox;
  inbox.shown = false;
  inbox.start_over({}, kNow, false);
  EXPECT_FALSE(inbox.begins());
  inbox.seek(3);
  EXPECT_FALSE(inbox.begins());
  inbox.step();
  EXPECT_TRUE(inbox.begins());
  inbox.pause();
  EXPECT_FALSE(inbox.begins());
  inbox.run();
  EXPECT_TRUE(inbox.begins());
  inbox.pause();
  inbox.shown = true;
  EXPECT_TRUE(inbox.begins());
}

}  // namespace
}  // namespace convscope::session
