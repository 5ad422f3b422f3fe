#include <gmock/gmock.h>

#include "app/session/stop_watch.h"
#include "engine/kernel_info/kernels.h"
#include "tests/session/trainer_fixture.h"

namespace convscope::session {
namespace {

TEST_F(TrainerTest, NotebookRunToThePrintedDigit) {
  Scene scene = with_rate(0.03f);
  scene.learning.start = Tensor::from_rows({{0.4115794f, -0.4240040f}});
  trainer_.submit(scene);
  steps(10);
  ASSERT_EQ(snapshot()->step, 10);
  const std::vector<LossPoint>& history = snapshot()->history;
  ASSERT_EQ(history.size(), 11u);
  // The notebook prints the loss before the update at epochs 2, 4, 6, 8 and 10.
  const std::vector<double> printed{1.667570, 0.280130, 0.047145, 0.007970, 0.001362};
  for (std::size_t i = 0; i < printed.size(); ++i) {
    EXPECT_EQ(history[2 * i + 1].step, static_cast<Index>(2 * i + 1));
    EXPECT_NEAR(history[2 * i + 1].loss, printed[i], 0.5e-6) << "epoch " << 2 * (i + 1);
  }
  EXPECT_NEAR(snapshot()->weight.at(0, 0), 0.9926, 0.5e-4);
  EXPECT_NEAR(snapshot()->weight.at(0, 1), -0.9940, 0.5e-4);
}

TEST_F(TrainerTest, TheStartIsDrawnFromTheSeed) {
  EXPECT_EQ(snapshot(), nullptr);
  Scene scene = default_scene();
  scene.learning.seed = 7;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->start, random_weight({1, 1, 1, 2}, 7));
  EXPECT_EQ(snapshot()->weight, snapshot()->start);
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_EQ(snapshot()->state, TrainingState::kPaused);
  EXPECT_EQ(snapshot()->message, "");
}

TEST_F(TrainerTest, SnapshotsAreOfOnePiece) {
  trainer_.submit(default_scene());
  steps(3);
  const TrainingSnapshotPtr s = snapshot();
  const LearningProblem problem = edge_problem();
  EXPECT_EQ(*s->target, problem.target);
  const Tensor prediction = conv2d(problem.input, s->weight);
  Tensor error = prediction;
  for (Index i = 0; i < error.numel(); ++i)
    error.data()[i] -= problem.target.data()[i];
  EXPECT_LT(difference(*s->error, error), 1e-5);
  EXPECT_NEAR(s->loss, squared_error(prediction, problem.target, Reduction::kSum), 1e-5);
  EXPECT_EQ(s->history.back().loss, s->loss);
  Tensor grad_output;
  squared_error_grad(prediction, problem.target, Reduction::kSum, grad_output);
  EXPECT_LT(
      difference(s->gradient, conv2d_grad_weight(problem.input, grad_output, s->weight.shape())),
      1e-4);
}

TEST_F(TrainerTest, ARateChangesInTheMiddleOfTheRun) {
  Scene scene = with_rate(0.03f);
  trainer_.submit(scene);
  steps(4);
  scene.learning.rate = 0.01f;
  trainer_.submit(scene);
  steps(3);
  const LearningProblem problem = edge_problem();
  KernelLearner learner(problem, snapshot()->start);
  for (int i = 0; i < 7; ++i)
    ASSERT_EQ(learner.step(i < 4 ? 0.03f : 0.01f), StepOutcome::kStepped);
  EXPECT_EQ(snapshot()->step, 7);
  EXPECT_LT(difference(snapshot()->weight, learner.weight()), 1e-5);
  EXPECT_NEAR(snapshot()->loss, learner.loss(), 1e-4 * snapshot()->history.front().loss);
}

TEST_F(TrainerTest, ResetGoesBackToTheSameStart) {
  trainer_.submit(with_rate(0.03f));
  steps(5);
  const TrainingSnapshotPtr first = snapshot();
  trainer_.reset();
  trainer_.wait();
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_EQ(snapshot()->weight, first->start);
  EXPECT_EQ(snapshot()->history.size(), 1u);
  steps(5);
  EXPECT_EQ(snapshot()->weight, first->weight);  // to the bit
  EXPECT_EQ(snapshot()->loss, first->loss);
}

TEST_F(TrainerTest, AnotherSeedStartsOverElsewhere) {
  Scene scene = default_scene();
  trainer_.submit(scene);
  steps(5);
  const Tensor start = snapshot()->start;
  ++scene.learning.seed;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_NE(snapshot()->start, start);
}

TEST_F(TrainerTest, WhatDoesNotMatterKeepsTheRun) {
  Scene scene = default_scene();
  trainer_.submit(scene);
  steps(5);
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  first_layer(scene).kernel.weight.at(0, 0) = 9.0f;  // the target is the hidden kernel
  scene.learning.steps_per_frame = 3;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->step, 5);
  scene.learning.target = LearningTarget::kPanelKernel;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_EQ(*snapshot()->target, conv2d(*scene.input.tensor, first_layer(scene).kernel.weight));
}

TEST_F(TrainerTest, RunsOnAWorkerUntilPaused) {
  Scene scene = with_rate(1e-4f);
  scene.learning.steps_per_frame = 7;
  trainer_.submit(scene);
  trainer_.run();
  wait_for(30);
  trainer_.step();  // means nothing while it runs
  trainer_.pause();
  trainer_.wait();
  const TrainingSnapshotPtr paused = snapshot();
  EXPECT_EQ(paused->state, TrainingState::kPaused);
  EXPECT_GE(paused->step, 30);
  {
    const std::scoped_lock lock(mutex_);
    EXPECT_NE(worker_, std::this_thread::get_id());
  }
  // It took the steps that one thread takes.
  const LearningProblem problem = edge_problem();
  KernelLearner learner(problem, paused->start);
  for (Index i = 0; i < paused->step; ++i)
    ASSERT_EQ(learner.step(1e-4f), StepOutcome::kStepped);
  EXPECT_LT(difference(paused->weight, learner.weight()), 1e-4);
  steps(1);
  EXPECT_EQ(snapshot()->step, paused->step + 1);
}

TEST_F(TrainerTest, ARunThatGoesOnIsWaitedForUntilItHasBegun) {
  trainer_.submit(with_rate(1e-4f));
  trainer_.run();
  trainer_.wait();
  ASSERT_NE(snapshot(), nullptr);
  EXPECT_EQ(snapshot()->state, TrainingState::kRunning);
  EXPECT_GT(snapshot()->step, 0);
  // What is wanted in the middle of it is there after a wait, too.
  trainer_.want_prediction(true);
  trainer_.wait();
  EXPECT_EQ(snapshot()->state, TrainingState::kRunning);
  EXPECT_NE(snapshot()->prediction, nullptr);
  trainer_.pause();
  trainer_.wait();
  EXPECT_EQ(snapshot()->state, TrainingState::kPaused);
}

TEST_F(TrainerTest, AStepIsTakenBeforeTheRunThatFollowsIt) {
  Scene scene = with_rate(1e-3f);
  scene.learning.stop.steps = 25;
  trainer_.submit(scene);
  trainer_.step();
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, 25) << "and none is left for after it";
  EXPECT_EQ(snapshot()->notice, "Paused after 25 steps, as set.");
}

TEST_F(TrainerTest, DivergenceStopsTheRunWithASentence) {
  Scene scene = with_rate(5.0f);
  trainer_.submit(scene);
  run_to_its_end();
  const TrainingSnapshotPtr s = snapshot();
  EXPECT_EQ(s->state, TrainingState::kDiverged);
  EXPECT_EQ(s->message, "Diverged after step " + std::to_string(s->step) +
                            ": each step overshoots by more than it corrects, as η·λ = 300 > 2. "
                            "Choose a rate below 0.0333 and press Reset.");
  EXPECT_GT(s->step, 0);
  EXPECT_TRUE(std::isfinite(s->loss));
  for (const float w : s->weight.values())
    EXPECT_TRUE(std::isfinite(w));
  // Nothing moves until it is reset, whatever the rate.
  scene.learning.rate = 0.03f;
  trainer_.submit(scene);
  steps(3);
  EXPECT_EQ(snapshot()->step, s->step);
  EXPECT_EQ(snapshot()->state, TrainingState::kDiverged);
  trainer_.reset();
  trainer_.wait();
  EXPECT_EQ(snapshot()->state, TrainingState::kPaused);
  EXPECT_EQ(snapshot()->message, "");
  steps(10);
  EXPECT_EQ(snapshot()->step, 10);
  EXPECT_LT(snapshot()->loss, snapshot()->history.front().loss);
}

TEST_F(TrainerTest, CommandsWithoutASceneDoNothing) {
  trainer_.run();
  trainer_.step();
  trainer_.reset();
  trainer_.pause();
  trainer_.wait();
  EXPECT_EQ(snapshot(), nullptr);
}

TEST_F(TrainerTest, PausesAtALoss) {
  Scene scene = with_rate(0.02f);
  scene.learning.stop.loss = 1e-3f;
  scene.learning.steps_per_frame = 20;
  trainer_.submit(scene);
  run_to_its_end();
  const TrainingSnapshotPtr s = snapshot();
  EXPECT_EQ(s->state, TrainingState::kPaused);
  EXPECT_LT(s->loss, 1e-3);
  EXPECT_GE(s->history[s->history.size() - 2].loss, 1e-3) << "at the first such step";
  EXPECT_EQ(s->notice,
            "Paused after step " + std::to_string(s->step) + ": the loss is below 0.001.");
  EXPECT_EQ(s->message, "");
}

TEST_F(TrainerTest, PausesAfterSoManyStepsAndGoesOn) {
  Scene scene = with_rate(1e-3f);
  scene.learning.stop.steps = 25;
  scene.learning.steps_per_frame = 10;
  trainer_.submit(scene);
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, 25);
  EXPECT_EQ(snapshot()->notice, "Paused after 25 steps, as set.");
  scene.learning.stop.steps = 40;
  trainer_.submit(scene);
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, 40);
  steps(1);
  EXPECT_EQ(snapshot()->notice, "");
}

TEST_F(TrainerTest, EndsByItselfWhereTheLossNoLongerChanges) {
  Scene scene = with_rate(0.03f);
  trainer_.submit(scene);
  run_to_its_end();
  const TrainingSnapshotPtr s = snapshot();
  EXPECT_EQ(s->state, TrainingState::kPaused);
  EXPECT_EQ(s->notice, "Converged after step " + std::to_string(s->step) +
                           ": the loss no longer changes; what is left of it is rounding.");
  EXPECT_LT(s->loss, 1e-11);
  EXPECT_GT(s->step, 10) << "not before the notebook's last step";
  EXPECT_LT(s->step, 100);
  trainer_.run();  // once more it says the same
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, s->step + StopWatch::kRestSteps);
  EXPECT_THAT(snapshot()->notice, testing::StartsWith("Converged after step"));
}

TEST_F(TrainerTest, StepsASecondAreSeenOneByOneAndACommandDoesNotWaitForThem) {
  Scene scene = with_rate(1e-3f);
  scene.learning.steps_per_frame = 50;
  scene.learning.steps_per_second = 60;
  trainer_.submit(scene);
  trainer_.run();
  for (Index step = 1; step <= 4; ++step) {
    EXPECT_TRUE(comes_to([&](const TrainingSnapshot& s) { return s.step >= step; }));
    EXPECT_LT(snapshot()->step, 50);
  }
  scene.learning.steps_per_second = 1;
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->state, TrainingState::kRunning);
  trainer_.want_prediction(true);
  trainer_.wait();
  EXPECT_NE(snapshot()->prediction, nullptr) << "between two steps";
  trainer_.seek(2);
  trainer_.wait();
  EXPECT_EQ(snapshot()->step, 2);
  EXPECT_EQ(snapshot()->state, TrainingState::kPaused);
}

TEST_F(TrainerTest, ARunOfSoManyStepsIsNotCutShortByAPlateau) {
  Scene scene = with_rate(0.03f);
  scene.learning.stop.steps = 500;
  scene.learning.steps_per_frame = 100;
  trainer_.submit(scene);
  run_to_its_end();
  EXPECT_EQ(snapshot()->step, 500);
  EXPECT_EQ(snapshot()->notice, "Paused after 500 steps, as set.");
}

TEST_F(TrainerTest, RunsBesideItAreTheirOwnRunsFromTheSameStart) {
  Scene scene = with_rate(0.03f);
  trainer_.submit(scene);
  steps(7);
  const Tensor weight = snapshot()->weight;
  scene.learning.compared = {{OptimizerKind::kAdam, 0.1f}, {OptimizerKind::kSgd, 0.01f}};
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_EQ(snapshot()->weight, weight) << "the run itself goes on undisturbed";
  steps(5);
  const TrainingSnapshotPtr s = snapshot();
  EXPECT_EQ(s->step, 12);
  ASSERT_EQ(s->compared.size(), 2u);
  for (const ComparedHistory& beside : s->compared) {
    Scene alone = scene;
    alone.learning.optimizer = beside.run.optimizer;
    const auto run = TrainingRun::begin(training_setup(alone), {});
    for (int i = 0; i < 12; ++i)
      run->step(beside.run.rate);
    ASSERT_EQ(beside.history.size(), 13u);
    for (std::size_t i = 0; i < 13; ++i) {
      EXPECT_EQ(beside.history[i].step, run->history()[i].step);
      EXPECT_EQ(beside.history[i].loss, run->history()[i].loss);
    }
  }
  trainer_.reset();
  trainer_.wait();
  EXPECT_EQ(snapshot()->compared.at(0).history.size(), 1u) << "they start over too";
  scene.learning.compared.clear();
  trainer_.submit(scene);
  trainer_.wait();
  EXPECT_TRUE(snapshot()->compared.empty());
}

}  // namespace
}  // namespace convscope::session
