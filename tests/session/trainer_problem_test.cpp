// What a trainer learns from: its sums, their analysis, and what is shown of it.
#include <gmock/gmock.h>

#include "app/scene/option_limits.h"
#include "engine/kernel_info/kernels.h"
#include "tests/session/trainer_fixture.h"

namespace convscope::session {
namespace {

using testing::StartsWith;

TEST_F(TrainerTest, TheSumsAreMadeOnceForTheSameData) {
  Scene scene = default_scene();
  trainer_.submit(scene);
  trainer_.wait();
  const auto problem = snapshot()->problem;
  const QuadraticLoss* loss = snapshot()->analysis->loss.get();
  scene.learning.optimizer = OptimizerKind::kAdam;
  scene.learning.seed = 9;
  trainer_.submit(scene);
  trainer_.reset();
  trainer_.wait();
  EXPECT_EQ(snapshot()->problem, problem);
  EXPECT_EQ(snapshot()->analysis->loss.get(), loss);
  EXPECT_NEAR(snapshot()->analysis->prediction.after(0, 0.03), snapshot()->loss, 1e-6);
  scene.learning.reduction = Reduction::kMean;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_NE(snapshot()->problem, problem);
}

TEST_F(TrainerTest, TheSumsCanBeCancelledAndMadeAfterAll) {
  const Scene scene = large_scene({700, 900}, 15);
  trainer_.submit(scene);
  trainer_.cancel();
  trainer_.wait();
  EXPECT_EQ(snapshot()->message,
            "The sums over the input were cancelled. Press Reset to make them.");
  EXPECT_TRUE(snapshot()->weight.empty());
  EXPECT_EQ(trainer_.progress().work, TrainingProgress::Work::kNone);
  steps(2);
  EXPECT_EQ(snapshot()->step, 0);
  trainer_.reset();
  steps(2);
  EXPECT_EQ(snapshot()->step, 2);
  EXPECT_EQ(snapshot()->message, "");
}

bool is_at(const Trainer& trainer, Index step) {
  const TrainingSnapshotPtr s = trainer.snapshot();
  return s && s->step == step;
}

// While the worker is held it takes up no analysis.
TEST(TrainerAnalysis, IsToldOfUntilItIsTakenUp) {
  HeldTrainer trainer([](const Trainer& t) { return is_at(t, 0) && !t.snapshot()->analysis; });
  trainer->submit(large_scene({40, 40}, 16));
  ASSERT_TRUE(trainer.held());
  EXPECT_EQ(trainer->progress().work, TrainingProgress::Work::kAnalysis);
  trainer->step();
  trainer->step();
  trainer.go_on(10);
  trainer->wait();
  EXPECT_EQ(trainer->snapshot()->step, 2);
  EXPECT_NE(trainer->snapshot()->analysis, nullptr);
  EXPECT_EQ(trainer->progress().work, TrainingProgress::Work::kNone);
}

TEST(TrainerAnalysis, CanBeCancelledAndTheRestIsDone) {
  HeldTrainer trainer([](const Trainer& t) { return is_at(t, 0); });
  trainer->submit(large_scene({64, 64}, 31));
  ASSERT_TRUE(trainer.held());
  EXPECT_EQ(trainer->snapshot()->analysis, nullptr);
  trainer->step();
  trainer->cancel();
  EXPECT_EQ(trainer->progress().work, TrainingProgress::Work::kNone);
  trainer.go_on(10);
  trainer->wait();
  EXPECT_EQ(trainer->snapshot()->step, 1);
  EXPECT_EQ(trainer->snapshot()->analysis, nullptr);
  EXPECT_TRUE(trainer->snapshot()->analysis_cancelled);
  EXPECT_TRUE(trainer->snapshot()->check.has_value()) << "what else is to be done is done";
}

// Mostly the first step comes long before it; either way it is there or told of.
TEST(TrainerAnalysis, IsMadeBesideTheSteps) {
  HeldTrainer trainer([](const Trainer& t) { return is_at(t, 1); });
  trainer->submit(large_scene({64, 64}, 41));
  trainer->step();
  ASSERT_TRUE(trainer.held());
  const bool there = trainer->snapshot()->analysis != nullptr;
  const TrainingProgress::Work work = trainer->progress().work;
  EXPECT_EQ(work, there ? TrainingProgress::Work::kNone : TrainingProgress::Work::kAnalysis);
  trainer->cancel();
}

TEST_F(TrainerTest, TheAnalysisOfALargeKernelComesLaterAndThenTheDistancesOfAllSteps) {
  trainer_.submit(large_scene({40, 40}, 16));
  steps(3);
  const TrainingSnapshotPtr s = snapshot();
  ASSERT_NE(s->analysis, nullptr);
  EXPECT_EQ(s->analysis->spectrum.parameters, 256);
  ASSERT_EQ(s->history.size(), 4u);
  for (const LossPoint& point : s->history)
    EXPECT_GT(point.distance, 0.0) << "at step " << point.step;
  EXPECT_EQ(s->history.back().distance, s->distance);
}

TEST_F(TrainerTest, AShareOfACliffThatIsNotKnownYetIsWaitedFor) {
  Scene scene = large_scene({40, 40}, 17);
  scene.learning.rate = 1e6f;
  scene.learning.share_of_cliff = 0.9f;
  scene.learning.stop.steps = 3;
  trainer_.submit(scene);
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, 3);
  ASSERT_NE(snapshot()->analysis, nullptr);
  EXPECT_LT(snapshot()->loss, snapshot()->history.front().loss);
  Scene same = scene;
  same.learning.share_of_cliff = 0.0f;
  same.learning.rate = float_rate(double{0.9f} * snapshot()->analysis->spectrum.stable_rate);
  const auto run = TrainingRun::begin(training_setup(same), {});
  for (int i = 0; i < 3; ++i)
    run->step(same.learning.rate);
  EXPECT_EQ(snapshot()->loss, run->loss());
}

TEST_F(TrainerTest, WhatNobodyLooksAtIsNotBegunUnlessItIsToRun) {
  trainer_.show(false);
  trainer_.submit(default_scene());
  trainer_.wait();
  EXPECT_EQ(snapshot(), nullptr);
  trainer_.show(true);
  trainer_.wait();
  ASSERT_NE(snapshot(), nullptr);
  const auto problem = snapshot()->problem;
  trainer_.show(false);
  Scene scene = default_scene();
  scene.learning.reduction = Reduction::kMean;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->problem, problem);
  steps(2);
  EXPECT_NE(snapshot()->problem, problem);
  EXPECT_EQ(snapshot()->step, 2);
}

// It is taken up when somebody looks again.
TEST(TrainerAnalysis, IsNotWaitedForWhereItsRunIsNotBegun) {
  HeldTrainer trainer([](const Trainer& t) { return is_at(t, 0); });
  Scene scene = large_scene({40, 40}, 16);
  trainer->submit(scene);
  ASSERT_TRUE(trainer.held());  // and takes up no analysis
  trainer->show(false);
  ++scene.learning.seed;
  trainer->submit(scene);
  trainer.go_on(10);
  trainer->wait();
  EXPECT_EQ(trainer->progress().work, TrainingProgress::Work::kNone);
  trainer->show(true);
  trainer->wait();
  EXPECT_NE(trainer->snapshot()->analysis, nullptr);
  EXPECT_EQ(trainer->snapshot()->start, random_weight({1, 1, 16, 16}, scene.learning.seed));
}

TEST_F(TrainerTest, WhereThereIsNothingToLearnASentenceSaysSo) {
  Scene scene = default_scene();
  scene.learning.hidden = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  trainer_.submit(scene);
  run_to_its_end();
  EXPECT_THAT(snapshot()->message,
              StartsWith("There is nothing to learn here: the hidden kernel, 9 × 9, does not fit"));
  EXPECT_EQ(snapshot()->step, 0);
  trainer_.submit(default_scene());
  steps(1);
  EXPECT_EQ(snapshot()->message, "");
  EXPECT_EQ(snapshot()->step, 1);
}

TEST_F(TrainerTest, OneKernelIsLearnedFromThreeChannels) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 3, 12, 12}, 1));
  scene.learning.reduction = Reduction::kMean;
  scene.learning.rate = 0.5f;
  trainer_.submit(scene);
  steps(200);
  EXPECT_EQ(snapshot()->target->shape(), (Shape{1, 3, 12, 11}));
  EXPECT_LT(difference(snapshot()->weight, scene.learning.hidden), 1e-3);
}

TEST_F(TrainerTest, ThePredictionIsThereWhereItIsAskedFor) {
  trainer_.submit(default_scene());
  steps(1);
  EXPECT_EQ(snapshot()->prediction, nullptr);
  trainer_.want_prediction(true);
  trainer_.wait();
  const TrainingSnapshotPtr s = snapshot();
  ASSERT_NE(s->prediction, nullptr);
  EXPECT_EQ(*s->prediction, conv2d(s->problem->input, s->weight));
  for (std::size_t i = 0; i < s->error->values().size(); ++i)
    EXPECT_EQ(s->error->values()[i], s->prediction->values()[i] - s->target->values()[i]);
}

TEST(TrainerEnd, EndsInTheMiddleOfARun) {
  Trainer trainer([] {});
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 1080, 1920}, 1));
  scene.learning.steps_per_frame = 1000;
  trainer.submit(scene);
  trainer.run();
}

}  // namespace
}  // namespace convscope::session
