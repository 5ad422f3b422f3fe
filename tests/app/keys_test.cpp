// Keys of the whole window.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "app/panels/dialogs/key_table.h"
#include "tests/app/app_harness.h"
#include "tests/temp_folder.h"
#include "tests/test_folder.h"

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

// One table has all keys; the README has it too.
std::string readme_table() {
  std::string text = "| key | does |\n|---|---|\n";
  for (const panels::KeyTopic& topic : panels::key_topics()) {
    text += "| **" + std::string(topic.title) + "** | |\n";
    for (const panels::KeyRow& row : topic.rows)
      text += "| " + std::string(row.keys) + " | " + row.meaning + " |\n";
  }
  return text;
}

TEST(Keys, TheReadmeHasTheirTable) {
  const std::string page = file_text(std::filesystem::path(test_folder()) / "../../README.md");
  const std::string begin = "<!-- keys: begin -->\n";
  const std::size_t first = page.find(begin);
  ASSERT_NE(first, std::string::npos);
  const std::size_t from = first + begin.size();
  const std::string table = readme_table();
  EXPECT_EQ(page.substr(from, page.find("<!-- keys: end -->") - from), table)
      << "put this between the marks:\n"
      << table;
}

TEST(Keys, EachTopicHasEveryKeyOnce) {
  for (const panels::KeyTopic& topic : panels::key_topics()) {
    std::set<std::string> keys;
    EXPECT_FALSE(topic.rows.empty()) << topic.title;
    for (const panels::KeyRow& row : topic.rows) {
      EXPECT_TRUE(keys.insert(row.keys).second) << row.keys;
      EXPECT_NE(std::string(row.meaning), "") << row.keys;
    }
  }
}

TEST(Keys, TheirListIsReadByScrollingInEveryWindow) {
  for (const float type : {1.0f, 3.0f}) {
    ViewSettings view;
    view.font_scale = type;
    AppHarness h({800, 600}, default_scene(), view);
    h.key(Key::kF1);
    h.frame(3);
    const ImVec2 corner = h.rect("help/rows").max;
    EXPECT_LE(corner.x, 800.0f) << type;
    EXPECT_LE(corner.y, 600.0f) << type;
    EXPECT_LE(h.rect("help/close").max.x, 800.0f) << type;
    const float before = h.rect("help/last").max.y;
    EXPECT_GT(before, corner.y) << "there is more";
    for (int i = 0; i < 60; ++i)
      h.key(Key::kPageDown);
    h.frame(2);
    EXPECT_LE(h.rect("help/last").max.y, corner.y + 1.0f) << "and it can be reached";
  }
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
