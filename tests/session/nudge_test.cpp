// What a nudge does to the loss, beside the whole gradient, and what is named where they differ.
#include "app/session/nudge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/session/backward_finder.h"
#include "app/session/evaluator.h"
#include "app/session/training_run.h"
#include "engine/core/error.h"
#include "tests/random_tensor.h"

namespace convscope::session {
namespace {

using Kind = NudgeSwitch::Kind;

// One channel without pooling; the loss is the sum of all cells behind ReLU.
Scene plain_scene(Tensor input, Tensor weight) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  first_layer(scene).kernel.weight = std::move(weight);
  first_layer(scene).pooled = false;
  first_layer(scene).relu = true;
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor({1, 1, 9, 9}, 1.0f));
  return scene;
}

BackwardRequest request_of(const Scene& scene, std::optional<SweptGradient> swept = {}) {
  return {std::make_shared<const Results>(evaluate(scene)), 1, nullptr, swept};
}

NudgeEffect effect_of(const Scene& scene, NudgedPlane plane, Yx cell, double by) {
  const std::optional<NudgeEffect> effect =
      nudge_effect({request_of(scene), plane, {0, 0, cell.y, cell.x}, by}, {});
  if (!effect) throw Error("no effect");
  return *effect;
}

TEST(Nudge, OfLargeValuesLosesNothingToRounding) {
  Scene scene = plain_scene(random_tensor({1, 1, 6, 7}, 1, 100.0f, 200.0f),
                            Tensor::from_rows({{1, 2}, {3, 4}}));
  for (const NudgedPlane plane : {NudgedPlane::kInput, NudgedPlane::kWeight, NudgedPlane::kOutput})
    for (const double by : {0.001, -0.02}) {
      const NudgeEffect effect = effect_of(scene, plane, {1, 1}, by);
      EXPECT_NEAR(effect.loss_change, effect.gradient * effect.by,
                  1e-5 * std::abs(effect.loss_change))
          << static_cast<int>(plane);
      EXPECT_NE(effect.loss_change, 0.0);
      EXPECT_FALSE(effect.switched);
    }
}

TEST(Nudge, NamesTheCellThatReluSwitches) {
  const Scene scene = plain_scene(Tensor::from_rows({{-0.5, 2, 0}}), Tensor::from_rows({{1}}));
  const NudgeEffect on = effect_of(scene, NudgedPlane::kInput, {0, 0}, 1.0);
  EXPECT_EQ(on.loss_change, 0.5);
  EXPECT_EQ(on.gradient, 0.0);
  EXPECT_EQ(on.switched, (NudgeSwitch{Kind::kReluOn, 0, 0, {0, 0}, {}, false}));
  EXPECT_FALSE(effect_of(scene, NudgedPlane::kInput, {0, 0}, 0.25).switched);
  const NudgeEffect off = effect_of(scene, NudgedPlane::kOutput, {0, 1}, -3.0);
  EXPECT_EQ(off.loss_change, -2.0);
  EXPECT_EQ(off.switched, (NudgeSwitch{Kind::kReluOff, 0, 0, {0, 1}, {}, false}));
  // At the corner itself each step up is met.
  EXPECT_EQ(effect_of(scene, NudgedPlane::kInput, {0, 2}, 0.001).switched,
            (NudgeSwitch{Kind::kReluOn, 0, 0, {0, 2}, {}, true}));
  EXPECT_FALSE(effect_of(scene, NudgedPlane::kInput, {0, 2}, -0.001).switched);
}

TEST(Nudge, NamesTheCellThatBecomesTheLargestWhereTheLossDependsOnIt) {
  Scene scene =
      plain_scene(Tensor::from_rows({{1, 2, 5, 5}, {3, 4, 5, 5}}), Tensor::from_rows({{1}}));
  first_layer(scene).pooled = true;
  first_layer(scene).relu = false;
  scene.backward.source = GradientSource::kCell;
  scene.backward.cell = Yx{0, 0};
  const NudgeEffect other = effect_of(scene, NudgedPlane::kInput, {0, 0}, 5.0);
  EXPECT_EQ(other.loss_change, 2.0);
  EXPECT_EQ(other.switched, (NudgeSwitch{Kind::kWinner, 0, 0, {0, 0}, {1, 1}, false}));
  EXPECT_FALSE(effect_of(scene, NudgedPlane::kInput, {1, 1}, 5.0).switched);
  // Another cell of the pooled plane is not the loss.
  EXPECT_FALSE(effect_of(scene, NudgedPlane::kInput, {1, 3}, 5.0).switched);
  scene.backward.cell = Yx{0, 1};
  EXPECT_EQ(effect_of(scene, NudgedPlane::kInput, {1, 3}, 0.5).switched,
            (NudgeSwitch{Kind::kWinner, 0, 0, {1, 3}, {0, 2}, true}));
}

TEST(Nudge, ASwitchInTheWindowOfAnAverageIsNamedToo) {
  Scene scene =
      plain_scene(Tensor::from_rows({{-1, 2, -1, 5}, {3, 4, 5, 5}}), Tensor::from_rows({{1}}));
  first_layer(scene).pooled = true;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  scene.backward.source = GradientSource::kCell;
  scene.backward.cell = Yx{0, 0};
  const NudgeEffect on = effect_of(scene, NudgedPlane::kInput, {0, 0}, 3.0);
  EXPECT_EQ(on.loss_change, 0.5);
  EXPECT_EQ(on.switched, (NudgeSwitch{Kind::kReluOn, 0, 0, {0, 0}, {}, false}));
  EXPECT_FALSE(effect_of(scene, NudgedPlane::kInput, {0, 2}, 3.0).switched);
}

TEST(Nudge, KnowsALossThatIsNotFinite) {
  Scene scene =
      plain_scene(Tensor::from_rows({{3e38f, 3e38f}, {1, 2}}), Tensor::from_rows({{1, 2}, {3, 4}}));
  const NudgeEffect effect = effect_of(scene, NudgedPlane::kInput, {1, 1}, 0.1);
  EXPECT_FALSE(std::isfinite(effect.loss));
  EXPECT_FALSE(effect.switched);
}

TEST(Nudge, HasTheWholeGradientDuringASweep) {
  Scene scene = plain_scene(random_tensor({1, 1, 5, 5}, 1), Tensor::from_rows({{1, 2}, {3, 4}}));
  first_layer(scene).relu = false;
  first_layer(scene).pooled = true;
  for (const NudgedPlane plane : {NudgedPlane::kInput, NudgedPlane::kWeight, NudgedPlane::kOutput})
    for (const bool pooled : {false, true}) {
      const NudgeRequest whole{request_of(scene), plane, {0, 0, 1, 1}, 0.001};
      NudgeRequest swept = whole;
      swept.backward.swept = SweptGradient{pooled, 1};
      EXPECT_EQ(nudge_effect(swept, {})->gradient, nudge_effect(whole, {})->gradient);
      const LayerGradients of = go_backward(whole.backward, {})->layers.front();
      const Tensor& tensor = plane == NudgedPlane::kInput    ? *of.input
                             : plane == NudgedPlane::kWeight ? of.kernel
                                                             : *of.output;
      EXPECT_NEAR(nudge_effect(swept, {})->gradient, tensor.at(1, 1), 1e-5);
    }
}

TEST(Nudge, OfTheErrorHasASquareBesideItsGradient) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 7, 8}, 5));
  scene.learning.hidden = random_tensor({1, 1, 2, 2}, 6);
  scene.backward.source = GradientSource::kError;
  const auto run = TrainingRun::begin(training_setup(scene), {});
  BackwardRequest request = request_of(scene);
  request.training = std::make_shared<const TrainingSnapshot>(snapshot_of(*run, false));
  for (const NudgedPlane plane :
       {NudgedPlane::kInput, NudgedPlane::kWeight, NudgedPlane::kOutput}) {
    const std::optional<NudgeEffect> effect = nudge_effect({request, plane, {0, 0, 1, 1}, 0.5}, {});
    ASSERT_TRUE(effect);
    EXPECT_NEAR(effect->loss, request.training->loss, 1e-5 * effect->loss);
    EXPECT_GT(effect->square, 0.0);
    EXPECT_NEAR(effect->loss_change, effect->gradient * effect->by + effect->square,
                1e-5 * (1.0 + std::abs(effect->loss_change)));
  }
}

TEST(Nudge, OfAPlaneThatTheLossDoesNotDependOnHasNoEffect) {
  Scene scene = default_scene();
  scene.backward.source = GradientSource::kOutputCell;
  EXPECT_FALSE(nudge_effect({request_of(scene), NudgedPlane::kPooled, {0, 0, 0, 0}, 1.0}, {}));
}

TEST(Nudge, TheFinderKeepsNoEffectOfANudgeThatHasNone) {
  BackwardFinder finder([] {});
  const BackwardRequest request = request_of(default_scene());
  finder.follow_nudge(NudgeRequest{request, NudgedPlane::kInput, {0, 0, 1, 1}, 0.5});
  finder.wait();
  finder.poll();
  ASSERT_NE(finder.nudge(), nullptr);
  finder.follow_nudge(NudgeRequest{request, NudgedPlane::kInput, {0, 0, 99, 1}, 0.5});
  finder.wait();
  finder.poll();
  EXPECT_EQ(finder.nudge(), nullptr);
}

}  // namespace
}  // namespace convscope::session
