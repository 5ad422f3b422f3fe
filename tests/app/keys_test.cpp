// Keys of the whole window.
#include <gtest/gtest.h>

#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(Keys, F1ShowsThemAndEscapeCloses) {
  AppHarness h;
  h.key(Key::kF1);
  h.frame(3);
  ASSERT_TRUE(h.has("help/close"));
  EXPECT_LE(h.rect("help/close").max.y, 710.0f)
      << "is in sight in the smaller of the usual windows";
  h.key(Key::kEscape);
  h.frame(3);
  EXPECT_FALSE(h.has("help/close"));
  EXPECT_FALSE(h.app().view().settings.help);
}

TEST(Keys, CtrlPlusMakesEverythingLarger) {
  AppHarness h;
  const float before = h.app().surface().theme().scale;
  h.key(Key::kPlus, true);
  h.frame(3);
  EXPECT_GT(h.app().surface().theme().scale, before);
  h.key(Key::kZero, true);
  h.frame(3);
  EXPECT_EQ(h.app().surface().theme().scale, before);
}

TEST(Keys, CtrlQQuitsAndF11AsksForFullScreen) {
  AppHarness h;
  h.key(Key::kF11);
  EXPECT_TRUE(h.app().wants_full_screen());
  EXPECT_FALSE(h.app().wants_quit());
  h.key(Key::kQ, true);
  EXPECT_TRUE(h.app().wants_quit());
}

TEST(Keys, ASavedPictureIsToldForAMomentAndNotInTheNextOne) {
  AppHarness h;
  h.key(Key::kF12);
  EXPECT_FALSE(h.app().take_screenshot_path().empty());
  h.app().screenshot_saved("convscope.png", "");
  h.frame(2);
  EXPECT_NE(h.app().view().toast.text.find("convscope.png"), std::string::npos);
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_TRUE(h.has("toast"));
  h.key(Key::kF12);
  EXPECT_FALSE(h.has("toast"));
  h.app().screenshot_saved("convscope.png", "\"convscope.png\" can't be written");
  EXPECT_TRUE(h.app().view().message.is_error);
}

}  // namespace
}  // namespace convscope::program
