// What runs learn from: targets, noise, stacks, pictures, and a bias.
#include "app/session/training_problem.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/engine/testing.h"
#include "tests/scene/learned_layer_scene.h"
#include "tests/session/training_runs.h"

namespace convscope::session {
namespace {

TEST(TrainingRun, ALearnedBiasIsFound) {
  Scene scene = noise_scene(OptimizerKind::kSgd);
  scene.learning.target = LearningTarget::kPanelKernel;
  first_layer(scene).kernel.bias = {0.75f};
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
  const Scene scene = learned_layer_scene();
  const auto run = TrainingRun::begin(training_setup(scene), {});
  ASSERT_TRUE(run);
  ASSERT_TRUE(run->can_step()) << run->message();
  EXPECT_EQ(run->start().shape(), first_layer(scene).kernel.weight.shape());
  run->analyse();
  const float rate = static_cast<float>(run->analysis()->spectrum.best_rate);
  for (int i = 0; i < 2000; ++i)
    run->step(rate);
  EXPECT_LT(difference(run->learner()->weight(), first_layer(scene).kernel.weight), 1e-3);
  EXPECT_NEAR(run->learner()->parameters().bias[3], 0.4f, 1e-3f);
}

TEST(TrainingRun, ADrawnPictureIsTheTarget) {
  Scene scene = default_scene();
  Tensor picture(Shape{1, 1, 6, 7}, 0.5f);
  picture.at(2, 3) = 4.0f;
  scene.learning.target = LearningTarget::kPicture;
  scene.learning.picture = std::make_shared<const Tensor>(picture);
  const auto run = run_of(scene);
  ASSERT_TRUE(run->can_step()) << run->message();
  EXPECT_EQ(*run->target(), picture);
  // The optimum solves the normal equations A w = b for that target.
  run->analyse();
  const std::vector<double>& w = run->analysis()->spectrum.optimum;
  std::array<double, 2> b{};
  for (Index y = 0; y < 6; ++y) {
    for (Index x = 0; x < 7; ++x) {
      for (Index k = 0; k < 2; ++k)
        b[static_cast<std::size_t>(k)] +=
            static_cast<double>(scene.input.tensor->at(y, x + k) * picture.at(y, x));
    }
  }
  EXPECT_NEAR(18 * w[0] + 12 * w[1], b[0], 1e-9);
  EXPECT_NEAR(12 * w[0] + 18 * w[1], b[1], 1e-9);
}

TEST(TrainingRun, APictureOfAnotherShapeIsNamedWithBothShapes) {
  Scene scene = default_scene();
  scene.learning.target = LearningTarget::kPicture;
  scene.learning.picture = std::make_shared<const Tensor>(Shape{1, 1, 6, 7}, 1.0f);
  first_layer(scene).conv.padding = {1, 1, 1, 1};
  const auto run = run_of(scene);
  EXPECT_FALSE(run->can_step());
  EXPECT_EQ(run->message(),
            "There is nothing to learn here: the target picture is [1, 1, 6, 7], and the output is "
            "[1, 1, 8, 9].");
}

TEST(TrainingRun, WithAPictureOnlyTheKernelsShapeMatters) {
  Scene scene = default_scene();
  scene.learning.target = LearningTarget::kPicture;
  scene.learning.picture = std::make_shared<const Tensor>(Shape{1, 1, 6, 7}, 1.0f);
  const TrainingSetup before = training_setup(scene);
  first_layer(scene).kernel.weight.at(0, 0) = 7.0f;
  first_layer(scene).kernel.bias = {2.0f};
  EXPECT_EQ(training_setup(scene), before);
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, 2, 3}});
  EXPECT_NE(training_setup(scene), before);
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
}  // namespace convscope::session
