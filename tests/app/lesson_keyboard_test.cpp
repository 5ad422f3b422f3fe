// A lesson by the keyboard alone: opened, read to its last step, with a question answered.
#include "tests/app/keyboard.h"
#include "tests/app/lesson_window.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

// Presses Tab until the control of this item has the focus.
bool tab_to(AppHarness& h, const std::string& item) {
  if (!h.has(item)) return false;
  for (int i = 0; i < 200; ++i) {
    press(h, Key::kTab);
    const auto stop = h.app().surface().focus().shown_stop();
    const auto at = h.rect(item);
    if (stop && std::abs(stop->min.x - at.min.x) < 5.0f && std::abs(stop->min.y - at.min.y) < 5.0f)
      return true;
  }
  return false;
}

TEST(LessonKeyboard, ALessonIsReadFromTheFirstToTheLastStep) {
  const TempFolder folder;
  put_text(folder / "border.md", kThreeSteps);
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  ASSERT_TRUE(tab_to(h, "open/path"));
  h.key(Key::kA, true);
  h.type(folder / "border.md");
  h.key(Key::kEnter);
  h.settle();
  const Lectern& lectern = h.app().lessons().lectern;
  ASSERT_TRUE(lectern.open());
  h.key(Key::kEscape);

  ASSERT_TRUE(tab_to(h, "lesson/control/0"));
  press(h, Key::kRight);
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.padding.top, 1);
  EXPECT_EQ(lectern.place().step, 0u);

  h.key(Key::kPageDown);
  h.settle();
  ASSERT_TRUE(lectern.is_open(0));
  ASSERT_TRUE(tab_to(h, "lesson/typed/0"));
  h.type("0");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_TRUE(lectern.question(0).right.value_or(false));

  h.key(Key::kPageDown);
  h.settle();
  ASSERT_EQ(lectern.place().step, 2u);
  ASSERT_TRUE(tab_to(h, "lesson/answer/0/0"));
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(lectern.score().right, 2);

  h.key(Key::kF3);
  h.frame(2);
  ASSERT_TRUE(tab_to(h, "lesson/step/2"));
  press(h, Key::kUp);
  press(h, Key::kEnter);
  h.settle();
  EXPECT_EQ(lectern.place().step, 1u);
}

TEST(LessonKeyboard, TheArrowsScrollALongText) {
  LessonWindow h(shipped_lesson("4"), 0, {800, 600});
  const float before = h.rect("lesson/heading").min.y;
  for (int i = 0; i < 60; ++i) {
    press(h, Key::kTab);
    const auto stop = h.app().surface().focus().shown_stop();
    if (stop && stop->max.y - stop->min.y > 300.0f && stop->max.x < h.rect("lesson").max.x &&
        stop->max.x - stop->min.x > 100.0f)
      break;
  }
  press(h, Key::kDown);
  h.frame(2);
  EXPECT_LT(h.rect("lesson/heading").min.y, before);
}

}  // namespace
}  // namespace convscope::program
