#include "app/scene/input_change.h"

#include <gmock/gmock.h>

#include "engine/core/error.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/input_edits.h"
#include "tests/engine/testing.h"

namespace convscope::scene {
namespace {

InputScene random_input(const Shape& shape) {
  InputScene input = default_scene().input;
  input.tensor = std::make_shared<const Tensor>(random_tensor(shape, 1));
  return input;
}

InputScene changed(const InputScene& before, const InputChange& change) {
  return changed_input(before, {&change, 1});
}

TEST(InputChange, SeveralAreCarriedOutInTheirOrder) {
  const InputScene before = random_input({2, 3, 4, 5});
  const std::vector<InputChange> changes = {paint_change({1, {0, 0}, {0, 2}, 1, 0.5f}, false),
                                            transpose_change(), cell_change(0, {4, 3}, 7.0f)};
  const InputScene after = changed_input(before, changes);
  Tensor expected = *before.tensor;
  for (Index c = 0; c < 3; ++c) {
    for (Index x = 0; x < 3; ++x)
      expected.at(1, c, 0, x) = 0.5f;
    expected.at(0, c, 3, 4) = 7.0f;
  }
  EXPECT_EQ(*after.tensor, transposed(expected));
  EXPECT_EQ(after.name, "drawn");
  EXPECT_TRUE(after.transposed);
  EXPECT_EQ(*before.tensor, random_tensor({2, 3, 4, 5}, 1)) << "what is shown stays";
}

TEST(InputChange, TellsTheCellsOfAllThatWereCarriedOut) {
  const InputScene before = random_input({2, 3, 40, 50});
  const std::vector<InputChange> strokes = {paint_change({1, {9, 20}, {7, 30}, 4, 5.0f}, false),
                                            cell_change(0, {0, 3}, 7.0f)};
  const TensorPtr after = changed_input(before, strokes).tensor;
  EXPECT_EQ(after.changed_since(before.tensor), (CellRect{0, 3, 12, 33}));
  const InputScene at_the_edge =
      changed(before, paint_change({0, {39, 0}, {39, 0}, 9, 5.0f}, false));
  EXPECT_EQ(at_the_edge.tensor.changed_since(before.tensor), (CellRect{35, 0, 40, 5}));
  EXPECT_FALSE(changed(before, invert_change()).tensor.changed_since(before.tensor).has_value());
  const std::vector<InputChange> both = {strokes[0], invert_change()};
  EXPECT_FALSE(changed_input(before, both).tensor.changed_since(before.tensor).has_value());
}

TEST(InputChange, WithoutADifferenceItIsTheSameInput) {
  const InputScene before = random_input({1, 1, 4, 5});
  const float value = before.tensor->at(2, 3);
  EXPECT_EQ(changed(before, cell_change(0, {2, 3}, value)), before);
  EXPECT_EQ(changed(before, paint_change({0, {9, 9}, {9, 9}, 1, 0.5f}, false)), before);
  EXPECT_EQ(changed(before, plane_change(0, 0, *before.tensor)), before);
}

TEST(InputChange, AShiftIsOfTheInputBeforeWhateverItWasShiftedBy) {
  const InputScene before = random_input({2, 3, 4, 5});
  EXPECT_EQ(shift_so_far(before), (InputShift{before.tensor, {0, 0}}));
  const InputScene there = changed(before, shift_change({before.tensor, {0, 4}}, false));
  EXPECT_EQ(*there.tensor, shifted(*before.tensor, {0, 4}, ShiftFill::kZero));
  EXPECT_EQ(there.name, "drawn");
  InputShift back = shift_so_far(there);
  EXPECT_EQ(back.by, (Yx{0, 4}));
  back.by = {1, 1};
  const InputScene again = changed(there, shift_change(back, true));
  EXPECT_EQ(*again.tensor, shifted(*before.tensor, {1, 1}, ShiftFill::kZero))
      << "what was moved out is back";
  EXPECT_EQ(again.shift.from, before.tensor);
  const InputScene painted = changed(again, cell_change(0, {0, 0}, 7.0f));
  EXPECT_EQ(painted.shift, InputShift{}) << "another change begins anew";
  EXPECT_EQ(transposed(again).shift, InputShift{});
}

TEST(InputChange, TurnsFlipsAndChangesTheValuesOfAllPictures) {
  const InputScene before = random_input({2, 3, 4, 5});
  EXPECT_EQ(*changed(before, rotate_change(true)).tensor, rotated(*before.tensor));
  const InputScene left = changed(before, rotate_change(false));
  EXPECT_EQ(rotated(*left.tensor), *before.tensor);
  EXPECT_EQ(left.name, "drawn");
  Tensor expected = *before.tensor;
  flip_horizontal(expected);
  EXPECT_EQ(*changed(before, flip_change(true)).tensor, expected);
  expected = *before.tensor;
  flip_vertical(expected);
  EXPECT_EQ(*changed(before, flip_change(false)).tensor, expected);
  expected = *before.tensor;
  add_noise(expected, 0.25, 9);
  EXPECT_EQ(*changed(before, noise_change(0.25f, 9)).tensor, expected);
  EXPECT_EQ(changed(before, scale_change(1.0f, 0.0f)), before) << "nothing differs";
  EXPECT_THROW(changed(before, scale_change(3e38f, 3e38f)), Error);
}

TEST(InputChange, ABrushSquareOfEvenSizeHasItsCentreAtTheUpperLeft) {
  Tensor tensor(Shape{1, 1, 5, 5});
  EXPECT_TRUE(paint(tensor, {0, {2, 2}, {2, 2}, 2, 1.0f}, 0, 1));
  EXPECT_EQ(
      tensor,
      Tensor::from_rows(
          {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 1, 1, 0}, {0, 0, 1, 1, 0}, {0, 0, 0, 0, 0}}));
}

TEST(InputChange, OthersOfTheWholeInput) {
  const InputScene before = random_input({2, 1, 3, 4});
  const Tensor& x = *before.tensor;
  EXPECT_EQ(changed(before, invert_change()).tensor->at(1, 0, 2, 3), 1.0f - x.at(1, 0, 2, 3));
  EXPECT_EQ(*changed(before, clear_change()).tensor, Tensor(x.shape()));
  const InputChange crop = crop_change(x.shape(), {2, 5}, false);
  EXPECT_EQ(crop.numel, 20);
  const Tensor cropped = *changed(before, crop).tensor;
  EXPECT_EQ(cropped.shape(), (Shape{2, 1, 2, 5}));
  EXPECT_EQ(cropped.at(1, 0, 1, 3), x.at(1, 0, 1, 3));
  EXPECT_EQ(cropped.at(1, 0, 1, 4), 0.0f);
  const InputScene added = changed(before, add_change(Tensor({1, 1, 3, 4}, 2.0f), x.shape()));
  EXPECT_EQ(added.tensor->shape().n, 3);
  EXPECT_EQ(added.tensor->at(2, 0, 2, 3), 2.0f);
  const InputScene removed = changed(added, remove_change(0));
  EXPECT_EQ(removed.tensor->at(0, 0, 1, 1), x.at(1, 0, 1, 1));
  EXPECT_EQ(removed.tensor->shape().n, 2);
}

TEST(InputChange, APatternHasTheSizeOfTheResult) {
  const InputScene before = random_input({2, 3, 3, 4});
  const InputScene pattern = changed(before, pattern_change("noise", {3, 5}, 8, true, false));
  EXPECT_EQ(*pattern.tensor, transposed(make_pattern("noise", {5, 3}, 8)));
  EXPECT_EQ(pattern.name, "noise");
  EXPECT_EQ(pattern.seed, 8u);
  EXPECT_TRUE(pattern.transposed);
}

// A stack may have become smaller while a change of it waited.
TEST(InputChange, WhatIsNotThereAnyMoreIsLeftOut) {
  const InputScene before = random_input({1, 1, 3, 4});
  EXPECT_EQ(changed(before, paint_change({5, {0, 0}, {0, 0}, 1, 9.0f}, false)), before);
  EXPECT_EQ(changed(before, plane_change(5, 0, Tensor({1, 1, 3, 4}))), before);
  EXPECT_EQ(changed(before, plane_change(0, 0, Tensor({1, 1, 2, 2}))), before);
  EXPECT_EQ(*changed(before, remove_change(0)).tensor, *before.tensor);
  EXPECT_EQ(*changed(before, add_change(Tensor({1, 1, 2, 2}), before.tensor->shape())).tensor,
            *before.tensor);
}

}  // namespace
}  // namespace convscope::scene
