#include "app/session/training_run.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/patterns.h"
#include "tests/engine/testing.h"

namespace convscope {
namespace {

std::unique_ptr<TrainingRun> run_of(const Scene& scene) {
  return TrainingRun::begin(training_setup(scene), {});
}

Scene noise_scene(OptimizerKind optimizer) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {9, 11}, 3));
  scene.learning.hidden = Tensor::from_rows({{1, -1, 0.5f}, {0, 2, -0.5f}});
  scene.learning.optimizer = optimizer;
  return scene;
}

class EveryOptimizer : public testing::TestWithParam<OptimizerKind> {};

TEST_P(EveryOptimizer, AfterGoingBackTheRunGoesOnToTheSameBits) {
  const auto run = run_of(noise_scene(GetParam()));
  for (int i = 0; i < 40; ++i)
    run->step(i < 15 ? 0.004f : 0.002f);
  const Parameters last = run->learner()->parameters();
  run->seek(15);
  EXPECT_EQ(run->step_count(), 15);
  EXPECT_EQ(run->history().size(), 41u) << "what came after can still be looked at";
  for (int i = 15; i < 40; ++i)
    run->step(0.002f);
  EXPECT_EQ(run->step_count(), 40);
  EXPECT_EQ(run->learner()->parameters(), last);
  EXPECT_EQ(run->history().size(), 41u);
}

INSTANTIATE_TEST_SUITE_P(TrainingRun, EveryOptimizer,
                         testing::Values(OptimizerKind::kSgd, OptimizerKind::kMomentum,
                                         OptimizerKind::kNesterov, OptimizerKind::kAdam));

TEST(TrainingRun, AStepOnAfterGoingBackForgetsTheOldFuture) {
  const auto run = run_of(noise_scene(OptimizerKind::kSgd));
  for (int i = 0; i < 20; ++i)
    run->step(0.004f);
  run->seek(5);
  run->step(0.001f);
  EXPECT_EQ(run->step_count(), 6);
  EXPECT_EQ(run->history().back().step, 6);
  EXPECT_EQ(run->keyframes().back()->step, 6);
}

TEST(TrainingRun, MemoryStaysBoundedOverManySteps) {
  const auto run = run_of(noise_scene(OptimizerKind::kAdam));
  for (int i = 0; i < 200000; ++i)
    run->step(0.001f);
  EXPECT_EQ(run->step_count(), 200000);
  EXPECT_LE(run->keyframes().size(), 512u);
  EXPECT_GE(run->keyframes().size(), 128u);
  EXPECT_EQ(run->keyframes().front()->step, 0);
  EXPECT_LE(run->history().size(), 4097u);
  run->seek(100001);
  EXPECT_GT(run->step_count(), 99000);
  EXPECT_LE(run->step_count(), 100001);
}

TEST(TrainingRun, AfterDivergenceAllFiguresAreOfOneStep) {
  const auto run = run_of(default_scene());
  for (int i = 0; i < 50; ++i)
    run->step(100.0f);
  EXPECT_TRUE(run->diverged());
  EXPECT_EQ(run->history().back().step, run->step_count());
  EXPECT_EQ(run->history().back().loss, run->loss());
  EXPECT_NE(run->message().find("after step " + std::to_string(run->step_count())),
            std::string::npos);
}

TEST(TrainingRun, ALearnedBiasIsFound) {
  Scene scene = noise_scene(OptimizerKind::kSgd);
  scene.learning.target = LearningTarget::kPanelKernel;
  scene.kernel.bias = {0.75f};
  scene.learning.bias = true;
  const auto run = run_of(scene);
  run->analyse();
  for (int i = 0; i < 20000; ++i)
    run->step(static_cast<float>(run->analysis()->spectrum.best_rate));
  EXPECT_NEAR(run->learner()->parameters().bias.at(0), 0.75f, 1e-4f);
}

TEST(TrainingRun, NoiseIsTheSameForTheSameSeedAndHasItsDeviation) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {120, 120}, 3));
  const auto clean = run_of(scene);
  scene.learning.noise = 0.2f;
  const auto noisy = run_of(scene);
  const auto again = run_of(scene);
  EXPECT_EQ(*noisy->target(), *again->target());
  double square = 0.0;
  double mean = 0.0;
  const auto count = static_cast<double>(noisy->target()->numel());
  for (std::size_t i = 0; i < noisy->target()->values().size(); ++i) {
    const auto d = static_cast<double>(noisy->target()->values()[i] - clean->target()->values()[i]);
    square += d * d / count;
    mean += d / count;
  }
  EXPECT_NEAR(mean, 0.0, 0.01);
  EXPECT_NEAR(std::sqrt(square), 0.2, 0.01);
}

TEST(TrainingRun, TheErrorIsThePredictionMinusTheTarget) {
  const auto run = run_of(noise_scene(OptimizerKind::kSgd));
  run->step(0.004f);
  const Tensor prediction =
      conv2d(run->problem().input, run->learner()->weight(), {}, run->problem().options);
  const Tensor error = run->error();
  double loss = 0.0;
  for (std::size_t i = 0; i < error.values().size(); ++i) {
    EXPECT_FLOAT_EQ(error.values()[i], prediction.values()[i] - run->target()->values()[i]);
    loss += static_cast<double>(error.values()[i]) * static_cast<double>(error.values()[i]);
  }
  EXPECT_NEAR(run->loss(), loss, 1e-4 * loss);
}

TEST(TrainingRun, ANumberThatIsNoneIsNotLearnedFrom) {
  Scene scene = default_scene();
  Tensor input = *scene.input.tensor;
  input.at(2, 3) = std::nanf("");
  scene.input.tensor = std::make_shared<const Tensor>(input);
  const auto run = run_of(scene);
  EXPECT_FALSE(run->can_step());
  EXPECT_NE(run->message().find("finite"), std::string::npos);
  run->step(0.01f);
  EXPECT_EQ(run->step_count(), 0);
}

TEST(TrainingRun, LearnsAllFiltersOfALayerFromAStack) {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({3, 2, 9, 8}, 5));
  scene.kernel.layer = true;
  scene.kernel.weight = random_tensor({4, 2, 2, 3}, 6);
  scene.kernel.bias = {0.1f, 0.2f, 0.3f, 0.4f};
  scene.learning.target = LearningTarget::kPanelKernel;
  scene.learning.bias = true;
  scene.learning.reduction = LossReduction::kMean;
  const auto run = TrainingRun::begin(training_setup(scene), {});
  ASSERT_TRUE(run);
  ASSERT_TRUE(run->can_step()) << run->message();
  EXPECT_EQ(run->start().shape(), scene.kernel.weight.shape());
  run->analyse();
  const float rate = static_cast<float>(run->analysis()->spectrum.best_rate);
  for (int i = 0; i < 2000; ++i)
    run->step(rate);
  EXPECT_LT(difference(run->learner()->weight(), scene.kernel.weight), 1e-3);
  EXPECT_NEAR(run->learner()->parameters().bias[3], 0.4f, 1e-3f);
}

TEST(TrainingRun, ALearnedBiasBeginsWhereItIsToldTo) {
  Scene scene = default_scene();
  scene.learning.bias = true;
  scene.learning.start_bias = {0.75f};
  const auto run = TrainingRun::begin(training_setup(scene), {});
  ASSERT_TRUE(run);
  EXPECT_EQ(run->learner()->parameters().bias, std::vector<float>{0.75f});
}

}  // namespace
}  // namespace convscope
