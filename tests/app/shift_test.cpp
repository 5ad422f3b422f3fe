// The tool that shifts the input, and what is said of the output and the pooled plane; the other
// edits of the whole input.
#include <gmock/gmock.h>

#include <filesystem>

#include "app/files/scene_file.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/input_edits.h"
#include "tests/app/expect_consistent.h"
#include "tests/app/hall.h"
#include "tests/app/keyboard.h"
#include "tests/engine/spot.h"
#include "tests/random_tensor.h"
#include "tests/test_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

const Tensor kSpot = spot();

Scene with_input(Tensor input) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  scene.input.name = "a spot";
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, 2}, {0, 1}});
  return scene;
}

const Scene& scene_of(const AppHarness& h) {
  return h.app().document().scene();
}

const Tensor& input_of(const AppHarness& h) {
  return *scene_of(h).input.tensor;
}

ShiftEffect effect_of(const AppHarness& h) {
  const ShiftEffect* effect = h.app().live().shift_effect();
  EXPECT_NE(effect, nullptr);
  return effect != nullptr ? *effect : ShiftEffect{};
}

void take_tool(AppHarness& h) {
  h.click("input/shift");
  h.frame(2);
  ASSERT_TRUE(h.app().view().shift.on);
}

TEST(Shift, TheArrowsMoveTheInputAndWhatFollowsIsMeasured) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.key(Key::kRight);
  h.key(Key::kRight);
  h.settle();
  EXPECT_EQ(input_of(h), shifted(kSpot, {0, 2}, ShiftFill::kZero));
  ASSERT_TRUE(effect_of(h).output && effect_of(h).pooled);
  EXPECT_EQ(effect_of(h).output->kind, MoveKind::kMoved);
  EXPECT_EQ(effect_of(h).output->by, (Move{0, 2}));
  EXPECT_EQ(effect_of(h).pooled->by, (Move{0, 1}));
  // Where the answer stood, columns 1 to 3, and where it stands.
  const auto plane = h.rect("output/plane");
  const float cell = (plane.max.x - plane.min.x) / 8.0f;
  EXPECT_NEAR(h.rect("output/ghost").min.x, plane.min.x + 3.0f * cell, 1.0f);
  EXPECT_NEAR(h.rect("output/ghost").max.x, plane.min.x + 6.0f * cell, 1.0f);
  expect_consistent(h);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(input_of(h), shifted(kSpot, {0, 1}, ShiftFill::kZero))
      << "each press is a step of undo";
  EXPECT_EQ(effect_of(h).output->by, (Move{0, 1}));
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(input_of(h), kSpot);
  EXPECT_EQ(h.app().live().shift_effect(), nullptr);
  EXPECT_FALSE(h.has("output/ghost"));
}

TEST(Shift, ADragIsOneStepOfUndoAndBringsBackWhatItHadMovedOut) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.move(h.input_cell(3, 3));
  h.press();
  h.move(h.input_cell(3, 8));
  h.settle();
  EXPECT_EQ(input_of(h), shifted(kSpot, {0, 5}, ShiftFill::kZero));
  h.move(h.input_cell(4, 4));
  h.frame(2);
  h.release();
  h.settle();
  EXPECT_EQ(input_of(h), shifted(kSpot, {1, 1}, ShiftFill::kZero));
  EXPECT_EQ(effect_of(h).output->by, (Move{1, 1}));
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(input_of(h), kSpot);
}

TEST(Shift, AtStrideTwoAStepOfOneIsNoMoveOfTheOutput) {
  Scene scene = with_input(kSpot);
  first_layer(scene).conv.stride = {1, 2};
  AppHarness h({1280, 720}, scene);
  take_tool(h);
  h.click("input/shift-right");
  h.settle();
  EXPECT_EQ(effect_of(h).output->kind, MoveKind::kUnexplained);
  h.rest();
  h.click("input/shift-right");
  h.settle();
  EXPECT_EQ(effect_of(h).output->kind, MoveKind::kMoved);
  EXPECT_EQ(effect_of(h).output->by, (Move{0, 1}));
}

// What is compared follows the kernel and its options, which may be changed meanwhile.
TEST(Shift, ComparesWithWhatTheSameLayerMadeBefore) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.key(Key::kRight);
  h.app().perform(Edit{LayerEdit{0, rotated_180(first_layer(scene_of(h)).kernel)}});
  h.settle();
  EXPECT_EQ(effect_of(h).output->kind, MoveKind::kMoved);
  EXPECT_EQ(effect_of(h).output->by, (Move{0, 1}));
}

TEST(Shift, TheFillCanBeChosenAndReplacesWhatHasComeIn) {
  const Tensor noise = random_tensor({1, 1, 6, 8}, 3);
  AppHarness h({1280, 720}, with_input(noise));
  take_tool(h);
  h.key(Key::kDown);
  h.click("input/shift-fill/2");
  h.settle();
  EXPECT_EQ(input_of(h), shifted(noise, {1, 0}, ShiftFill::kWrap));
  h.key(Key::kLeft);
  h.settle();
  EXPECT_EQ(input_of(h), shifted(noise, {1, -1}, ShiftFill::kWrap));
}

TEST(Shift, StartHereComparesFromThereOn) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.key(Key::kRight);
  h.settle();
  h.click("input/shift-start");
  h.settle();
  EXPECT_EQ(h.app().live().shift_effect(), nullptr);
  h.key(Key::kDown);
  h.settle();
  EXPECT_EQ(effect_of(h).by, (Yx{1, 0}));
  EXPECT_EQ(input_of(h), shifted(kSpot, {1, 1}, ShiftFill::kZero));
}

TEST(Shift, EscapeLaysTheToolDownAndTheArrowsMoveTheCellAgain) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.key(Key::kDown);
  EXPECT_FALSE(h.app().view().explore.selected.has_value());
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.app().view().shift.on);
  h.key(Key::kDown);
  h.settle();
  EXPECT_TRUE(h.app().view().explore.selected.has_value());
  EXPECT_EQ(input_of(h), shifted(kSpot, {1, 0}, ShiftFill::kZero));
}

TEST(Shift, ToolAndBrushAreNeverHeldTogether) {
  AppHarness h({1280, 720}, with_input(kSpot));
  h.take_brush();
  h.click("input/shift");
  h.frame(2);
  h.click(h.input_cell(5, 5));
  h.settle();
  EXPECT_EQ(input_of(h), kSpot) << "a click neither paints nor shifts";
  h.take_brush();
  h.frame(2);
  EXPECT_FALSE(h.app().view().shift.on);
  h.click(h.input_cell(5, 5));
  EXPECT_EQ(input_of(h).at(5, 5), 1.0f);
}

// As a photograph that was painted, one that was shifted is a part of the scene.
TEST(Shift, APhotographBecomesAPartOfTheScene) {
  Scene scene = with_input(random_tensor({2, 3, 30, 40}, 3, 0.0f, 1.0f));
  scene.input.name = scene.input.path = "cat.png";
  AppHarness h({1280, 720}, scene);
  h.app().perform(ShiftTool{true});
  h.key(Key::kRight);
  h.settle();
  EXPECT_EQ(input_of(h), shifted(*scene.input.tensor, {0, 1}, ShiftFill::kZero)) << "all alike";
  EXPECT_EQ(scene_of(h).input.path, "");
  EXPECT_EQ(scene_of(h).input.name, "drawn");
}

// The arrows belong to the control that the ring is around.
TEST(Shift, TheFocusKeepsItsArrows) {
  AppHarness h({1280, 720}, with_input(kSpot));
  take_tool(h);
  h.click("input/shift-fill/0");
  press(h, Key::kTab, true);
  press(h, Key::kTab);
  press(h, Key::kRight);
  h.settle();
  EXPECT_EQ(input_of(h), kSpot);
  EXPECT_EQ(h.app().view().shift.fill, ShiftFill::kZero) << "it only goes to the next choice";
}

// In each row a 1 goes from the first cell to the last: a move by two cells of which few are left.
TEST(Shift, AMoveOfWhatIsAllAlikeCannotBeTold) {
  AppHarness h({1280, 720}, default_scene());
  take_tool(h);
  for (int i = 0; i < 3; ++i)
    h.key(Key::kRight);
  h.settle();
  ASSERT_TRUE(effect_of(h).pooled.has_value());
  EXPECT_EQ(effect_of(h).pooled->kind, MoveKind::kUntold);
  EXPECT_EQ(effect_of(h).pooled->by, (Move{0, 2}));
}

// All windows on a gradient give one sum, but for rounding.
TEST(Shift, WhatIsAllAlikeButForRoundingShowsNoShift) {
  const auto file = std::filesystem::path(test_folder()) / "../../assets/scenes/dropped-cells.json";
  AppHarness h({1280, 720}, load_scene(file));
  h.app().perform(SelectCard{Card::kInput});
  take_tool(h);
  h.key(Key::kRight);
  h.key(Key::kRight);
  h.settle();
  ASSERT_TRUE(effect_of(h).output.has_value());
  EXPECT_EQ(effect_of(h).output->kind, MoveKind::kUniform);
}

class ShiftRoom : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(ShiftRoom, TheControlsOfTheToolHaveRoomInTheInspector) {
  const auto [width, rows] = GetParam();
  Hall h({static_cast<float>(width), static_cast<float>(rows)});
  h.app().perform(SelectCard{Card::kInput});
  h.app().perform(ShiftTool{true});
  h.key(Key::kRight);
  h.settle();
  for (const char* name : {"input/shift", "input/shift-left", "input/shift-down",
                           "input/shift-fill/2", "input/shifted-by", "input/shift-start"})
    EXPECT_TRUE(inside(h.rect(name), h.rect("inspector"))) << name;
}

INSTANTIATE_TEST_SUITE_P(Window, ShiftRoom,
                         testing::Values(std::pair{1024, 768}, std::pair{1280, 720},
                                         std::pair{1920, 1080}));

// Chooses an entry of the input's menu.
void choose(AppHarness& h, int entry) {
  h.rest();
  h.click("input/edit");
  h.frame(2);
  h.click("input/edit/" + std::to_string(entry));
  h.settle();
}

TEST(InputEdits, TurnAndFlipAllOfTheInput) {
  AppHarness h({1280, 720}, with_input(kSpot));
  choose(h, 3);
  EXPECT_EQ(input_of(h), rotated(kSpot));
  choose(h, 2);
  EXPECT_EQ(input_of(h), kSpot);
  choose(h, 4);
  Tensor flipped = kSpot;
  flip_horizontal(flipped);
  EXPECT_EQ(input_of(h), flipped);
  choose(h, 5);
  flip_vertical(flipped);
  EXPECT_EQ(input_of(h), flipped);
  h.key(Key::kZ, true);
  h.settle();
  flip_vertical(flipped);
  EXPECT_EQ(input_of(h), flipped) << "one step of undo each";
  expect_consistent(h);
}

TEST(InputEdits, ScaleNoiseAndThresholdAskForTheirNumbers) {
  AppHarness h({1280, 720}, with_input(kSpot));
  choose(h, 7);
  h.click("input/scale-apply");
  h.settle();
  Tensor expected = kSpot;
  scale(expected, 2.0f, 0.0f);
  EXPECT_EQ(input_of(h), expected);
  h.key(Key::kEscape);
  choose(h, 8);
  h.click("input/noise-apply");
  h.settle();
  add_noise(expected, static_cast<double>(0.1f), 1);
  EXPECT_EQ(input_of(h), expected);
  h.key(Key::kEscape);
  choose(h, 9);
  h.click("input/threshold-apply");
  h.settle();
  threshold(expected, 0.5f);
  EXPECT_EQ(input_of(h), expected);
  h.key(Key::kEscape);
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(input_of(h), kSpot);
}

TEST(InputEdits, AScaleBeyondFiniteNumbersIsRefused) {
  const Tensor large = Tensor::from_rows({{1e20f, 0.0f, 1.0f}, {0.0f, 0.0f, 0.0f}});
  AppHarness h({1280, 720}, with_input(large));
  h.app().perform(scale_change(1e30f, 0.0f));
  h.settle();
  EXPECT_EQ(input_of(h), large);
  EXPECT_EQ(h.app().view().message.text,
            "The input stays as it is: this scale makes 1×10²⁰ larger than a float32 can be; take "
            "smaller numbers.");
  EXPECT_FALSE(h.app().document().can_undo());
}

}  // namespace
}  // namespace convscope::program
