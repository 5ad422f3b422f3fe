#include "app/ui/imgui_shim.h"

#include <gtest/gtest.h>

#include "ui_harness.h"

namespace convscope::ui {
namespace {

// The frames in which `chord` counts as pressed while it is pressed and let go once.
int times_pressed(Chord pressed, Chord asked) {
  UiHarness harness;
  int count = 0;
  harness.draw = [&](Ui&) { count += key_pressed(asked); };
  harness.frame();
  harness.key(pressed.key, pressed.ctrl, pressed.shift);
  return count;
}

TEST(Shim, EveryKeyIsPressedOnceAndIsItself) {
  for (int i = 0; i < kKeyCount; ++i) {
    const Key key = static_cast<Key>(i);
    EXPECT_EQ(times_pressed({key}, {key}), 1) << "key " << i;
    const Key other = static_cast<Key>((i + 1) % kKeyCount);
    EXPECT_EQ(times_pressed({key}, {other}), 0) << "key " << i;
  }
}

TEST(Shim, ChordsNeedExactlyTheirModifiers) {
  EXPECT_EQ(times_pressed({Key::kZ, true}, {Key::kZ, true}), 1);
  EXPECT_EQ(times_pressed({Key::kZ, true, true}, {Key::kZ, true}), 0);
  EXPECT_EQ(times_pressed({Key::kZ, true, true}, {Key::kZ, true, true}), 1);
  EXPECT_EQ(times_pressed({Key::kS, true}, {Key::kS}), 0);
  EXPECT_EQ(times_pressed({Key::kS}, {Key::kS, true}), 0);
}

TEST(Shim, PlusIsTakenWithShiftAsOnAmericanKeyboards) {
  EXPECT_EQ(times_pressed({Key::kPlus, true, true}, {Key::kPlus, true}), 1);
  EXPECT_EQ(times_pressed({Key::kPlus, true}, {Key::kPlus, true}), 1);
}

TEST(Shim, TextIsMeasuredAtTheAskedSize) {
  UiHarness harness;
  harness.frame();
  const ImFont* font = harness.theme.font.body;
  const ImVec2 at_20 = text_size(font, 20.0f, "−1.5");
  const ImVec2 at_40 = text_size(font, 40.0f, "−1.5");
  EXPECT_NEAR(at_40.x, 2 * at_20.x, 1.01f);
  EXPECT_FLOAT_EQ(at_40.y, 40.0f);
}

}  // namespace
}  // namespace convscope::ui
