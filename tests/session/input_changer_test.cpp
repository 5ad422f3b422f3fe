#include "app/session/input_changer.h"

#include <gmock/gmock.h>

#include <new>

namespace convscope::session {
namespace {

InputScene input_of(const Shape& shape) {
  InputScene input;
  input.tensor = std::make_shared<const Tensor>(shape);
  return input;
}

// More than is changed on the calling thread.
InputScene large_input() {
  return input_of({2, 1, 600, 500});
}

InputChange dot(Index x, float value, bool continues) {
  return paint_change({1, {0, x}, {0, x}, 1, value}, continues);
}

// The next one that was changed, when all that waits is done.
std::optional<ChangedInput> next(InputChanger& changer) {
  while (changer.busy()) {
    changer.wait();
    if (std::optional<ChangedInput> changed = changer.take()) return changed;
  }
  return std::nullopt;
}

TEST(InputChanger, ASmallInputIsChangedAtOnce) {
  InputChanger changer([] {});
  const InputScene before = input_of({2, 1, 3, 4});
  const std::optional<ChangedInput> changed = changer.change(before, dot(2, 5.0f, false));
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->input.tensor->at(1, 0, 0, 2), 5.0f);
  EXPECT_FALSE(changed->continues);
  EXPECT_FALSE(changer.busy());
}

TEST(InputChanger, AGestureBeginsWithWhatChangesSomething) {
  InputChanger changer([] {});
  const InputScene before = input_of({2, 1, 3, 4});
  EXPECT_FALSE(changer.change(before, dot(0, 0.0f, false)).has_value()) << "it was 0";
  const auto first = changer.change(before, dot(1, 1.0f, true));
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(first->continues);
  const auto second = changer.change(first->input, dot(2, 1.0f, true));
  ASSERT_TRUE(second.has_value());
  EXPECT_TRUE(second->continues);
}

TEST(InputChanger, ALargeInputIsChangedByTheWorkerGestureByGesture) {
  InputChanger changer([] {});
  const InputScene before = large_input();
  EXPECT_FALSE(changer.change(before, dot(0, 1.0f, false)).has_value());
  EXPECT_FALSE(changer.change(before, dot(1, 1.0f, true)).has_value());
  EXPECT_FALSE(changer.change(before, dot(2, 1.0f, true)).has_value());
  EXPECT_FALSE(changer.change(before, dot(3, 1.0f, false)).has_value());
  EXPECT_FALSE(changer.continues());
  std::vector<bool> continues;
  InputScene now = before;
  while (std::optional<ChangedInput> changed = next(changer)) {
    EXPECT_EQ(changed->error, "");
    continues.push_back(changed->continues);
    now = changed->input;
  }
  EXPECT_THAT(continues, testing::ElementsAre(false, true, false));
  for (Index x = 0; x < 4; ++x)
    EXPECT_EQ(now.tensor->at(1, 0, 0, x), 1.0f) << x;
  EXPECT_EQ(*before.tensor, *large_input().tensor) << "what is shown stays";
}

TEST(InputChanger, CancelledChangesNeverCome) {
  InputChanger changer([] {});
  changer.change(large_input(), dot(0, 1.0f, false));
  changer.change(large_input(), dot(1, 1.0f, true));
  changer.cancel();
  EXPECT_FALSE(changer.busy());
  changer.wait();
  EXPECT_FALSE(changer.take().has_value());
  changer.change(large_input(), dot(2, 1.0f, false));  // and the next one does
  const auto changed = next(changer);
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->input.tensor->at(1, 0, 0, 0), 0.0f);
  EXPECT_EQ(changed->input.tensor->at(1, 0, 0, 2), 1.0f);
}

TEST(InputChanger, WhatGoesOnAfterCancellingIsAGestureOfItsOwn) {
  InputChanger changer([] {});
  const InputScene before = input_of({2, 1, 3, 4});
  const auto first = changer.change(before, dot(0, 1.0f, false));
  ASSERT_TRUE(first.has_value());
  changer.cancel();
  const auto second = changer.change(first->input, dot(1, 1.0f, true));
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(second->continues);

  changer.change(large_input(), dot(0, 1.0f, false));
  ASSERT_TRUE(next(changer).has_value());
  changer.change(large_input(), dot(1, 1.0f, true));
  EXPECT_TRUE(changer.continues());
  changer.cancel();
  EXPECT_FALSE(changer.continues());
  changer.change(large_input(), dot(2, 1.0f, true));
  EXPECT_FALSE(changer.continues());
  const auto last = next(changer);
  ASSERT_TRUE(last.has_value());
  EXPECT_FALSE(last->continues);
}

TEST(InputChanger, ASmallInputIsGrownByTheWorker) {
  InputChanger changer([] {});
  const InputScene before = input_of({2, 1, 3, 4});
  EXPECT_FALSE(changer.change(before, crop_change({2, 1, 3, 4}, {600, 500}, false)).has_value());
  const auto changed = next(changer);
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->input.tensor->shape(), (Shape{2, 1, 600, 500}));
}

TEST(InputChanger, TooLittleMemoryIsASentence) {
  InputChange change;
  change.in_place = [](Tensor&) -> bool { throw std::bad_alloc(); };
  InputChanger changer([] {});
  const auto at_once = changer.change(input_of({1, 1, 3, 4}), change);
  ASSERT_TRUE(at_once.has_value());
  EXPECT_EQ(at_once->error, "There is not enough memory to change the input.");
  EXPECT_FALSE(changer.change(large_input(), change).has_value());
  const auto later = next(changer);
  ASSERT_TRUE(later.has_value());
  EXPECT_EQ(later->error, at_once->error);
  EXPECT_FALSE(changer.busy());
}

}  // namespace
}  // namespace convscope::session
