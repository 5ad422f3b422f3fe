#include "app/session/shift_effect.h"

#include <gtest/gtest.h>

#include "app/scene/input_change.h"
#include "app/scene/layer_presets.h"
#include "app/session/evaluator.h"
#include "app/session/shift_finder.h"
#include "tests/engine/testing.h"

namespace convscope::session {
namespace {

Scene shifted_scene(Scene scene, Yx by) {
  InputShift shift = shift_so_far(scene.input);
  shift.by = by;
  const InputChange change = shift_change(shift, false);
  scene.input = changed_input(scene.input, {&change, 1});
  return scene;
}

ResultsPtr results_of(const Scene& scene) {
  return std::make_shared<const Results>(evaluate(scene));
}

Scene photographs() {
  Scene scene = default_scene();
  scene.input = noise_stack(3, 3, {14, 11}, 1);
  first_layer(scene).kernel = random_layer(4, 3, {3, 3}, 1);
  first_layer(scene).relu = true;
  return scene;
}

TEST(ShiftEffect, ComparesThePictureAndTheChannelThatAreShown) {
  const ResultsPtr results = results_of(shifted_scene(photographs(), {0, 2}));
  ASSERT_TRUE(is_shifted(*results));
  const auto effect = find_shift_effect({results, 2, 3});
  ASSERT_TRUE(effect && effect->output && effect->pooled);
  EXPECT_EQ(effect->output->kind, MoveKind::kMoved);
  EXPECT_EQ(effect->output->by, (Move{0, 2}));
  EXPECT_EQ(effect->pooled->by, (Move{0, 1})) << "after the ReLU, with a stride of 2";
  // A picture that has moved otherwise is not what is said of the shift.
  Results other = *results;
  Tensor input = *other.scene.input.tensor;
  input.at(1, 0, 5, 5) += 3.0f;
  other.scene.input.tensor = std::make_shared<const Tensor>(input);
  const ResultsPtr changed = results_of(other.scene);
  EXPECT_EQ(find_shift_effect({changed, 1, 0})->output->kind, MoveKind::kUnexplained);
  EXPECT_EQ(find_shift_effect({changed, 2, 0})->output->kind, MoveKind::kMoved);
}

// A ramp has no second difference, but for what rounding leaves of sums that cancel.
TEST(ShiftEffect, WhatRoundingLeavesOfZeroIsAllAlike) {
  Tensor ramp({1, 1, 8, 10});
  for (Index y = 0; y < 8; ++y) {
    for (Index x = 0; x < 10; ++x)
      ramp.at(y, x) = static_cast<float>(x) / 9.0f;
  }
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<Tensor>(ramp);
  first_layer(scene).kernel.weight = Tensor::from_rows({{0.1f, -0.2f, 0.1f}});
  const auto effect = find_shift_effect({results_of(shifted_scene(scene, {0, 1})), 0, 0});
  ASSERT_TRUE(effect && effect->output);
  EXPECT_EQ(effect->output->kind, MoveKind::kUniform);
}

TEST(ShiftEffect, IndicesOutOfRangeAreClamped) {
  const ResultsPtr results = results_of(shifted_scene(photographs(), {1, 0}));
  const auto effect = find_shift_effect({results, 9, 9});
  ASSERT_TRUE(effect.has_value());
  EXPECT_EQ(effect->request.sample, 2);
  EXPECT_EQ(effect->request.channel, 3);
}

TEST(ShiftEffect, OtherChangesOfTheInputAreNoShift) {
  const Scene scene = shifted_scene(photographs(), {1, 0});
  Scene painted = scene;
  const InputChange change = cell_change(0, {0, 0}, 9.0f);
  painted.input = changed_input(scene.input, {&change, 1});
  EXPECT_FALSE(is_shifted(*results_of(painted)));
  EXPECT_FALSE(is_shifted(*results_of(photographs())));
  EXPECT_FALSE(is_shifted(*results_of(shifted_scene(photographs(), {0, 0}))));
}

TEST(ShiftEffect, AnInputOfVeryManyValuesIsNotCompared) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 2100, 2100});
  const auto effect = find_shift_effect({results_of(shifted_scene(scene, {0, 1})), 0, 0});
  ASSERT_TRUE(effect.has_value());
  EXPECT_FALSE(effect->output.has_value());
  EXPECT_EQ(effect->failure,
            "Results of more than 4 194 304 values are not compared with those before the shift.");
}

TEST(ShiftFinder, ForgetsWhatIsNoLongerAskedFor) {
  ShiftFinder finder([] {});
  finder.follow(ShiftRequest{results_of(shifted_scene(photographs(), {0, 2})), 0, 0});
  finder.wait();
  finder.poll();
  ASSERT_NE(finder.effect(), nullptr);
  EXPECT_EQ(finder.effect()->by, (Yx{0, 2}));
  finder.follow(std::nullopt);
  finder.poll();
  EXPECT_EQ(finder.effect(), nullptr);
}

}  // namespace
}  // namespace convscope::session
