// How lessons are opened: menu, dialog, drop; what is remembered; what is wrong with one.
#include <filesystem>

#include "app/files/kept_folder.h"
#include "tests/app/lesson_window.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using ui::Key;

class LessonOpening : public testing::Test {
 protected:
  LessonOpening() { put_text(lesson_, kThreeSteps); }
  static const Lectern& lectern(const AppHarness& h) { return h.app().lessons().lectern; }
  static void drop(AppHarness& h, const std::filesystem::path& file) {
    const std::filesystem::path dropped[] = {file};
    h.app().drop(dropped);
    h.settle();
  }
  // Chooses the lesson of this number in the Open menu's list of lessons.
  static void choose(AppHarness& h, std::size_t lesson) {
    h.click("top/open");
    h.frame(2);
    h.click("top/open/1");
    h.frame(2);
    const std::string item = "top/lessons/" + std::to_string(lesson);
    for (int i = 0; i < 40 && h.rect(item).max.y > 700.0f; ++i)
      h.wheel(h.rect("top/lessons/1").min, -1.0f);
    h.click(h.rect(item).center());
    h.settle();
  }

  TempFolder folder_;
  TempFolder settings_;
  std::string lesson_ = folder_ / "border.md";
};

TEST_F(LessonOpening, ADroppedFileOpens) {
  AppHarness h;
  drop(h, lesson_);
  ASSERT_TRUE(lectern(h).open());
  EXPECT_EQ(lectern(h).lesson().title, "The border");
  EXPECT_TRUE(h.has("lesson"));
}

TEST_F(LessonOpening, AFileThatIsEditedIsReadAgainWhenItIsWanted) {
  AppHarness h;
  drop(h, lesson_);
  h.app().perform(GoToStep{2});
  h.settle();
  EXPECT_FALSE(h.has("lesson/reload"));
  std::string text(kThreeSteps);
  text.replace(text.find("## A choice"), 11, "## A better choice");
  put_text(lesson_, text);
  h.settle();
  ASSERT_TRUE(h.has("lesson/reload"));
  EXPECT_EQ(lectern(h).step().title, "A choice") << "it waits";
  h.click("lesson/reload");
  h.settle();
  EXPECT_EQ(lectern(h).place().step, 2u);
  EXPECT_EQ(lectern(h).step().title, "A better choice");
  EXPECT_FALSE(h.has("lesson/reload"));
}

TEST_F(LessonOpening, ABrokenEditKeepsTheLessonAndTellsWhy) {
  AppHarness h;
  drop(h, lesson_);
  put_text(lesson_, "# Broken\n\n## One\n\n{outputs.shape}\n");
  h.settle();
  h.click("lesson/reload");
  h.settle();
  EXPECT_EQ(lectern(h).lesson().title, "The border");
  EXPECT_THAT(h.app().view().message.text, HasSubstr("outputs"));
  EXPECT_TRUE(h.has("lesson/reload")) << "it is mended soon";
  std::filesystem::remove(lesson_);
  h.settle();
  EXPECT_TRUE(lectern(h).open());
}

TEST_F(LessonOpening, TheMenuHasTheShippedLessons) {
  AppHarness h;
  choose(h, 1);
  ASSERT_TRUE(lectern(h).open());
  EXPECT_EQ(lectern(h).lesson().name, lesson::shipped_lessons()[1].name);
}

TEST_F(LessonOpening, TheDialogListsAndOpensThem) {
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  h.click("open/path");
  h.key(Key::kA, true);
  h.type(folder_.path().string());
  h.key(Key::kEnter);
  h.frame(2);
  ASSERT_TRUE(h.has("open/border.md"));
  h.click("open/border.md");
  h.settle();
  EXPECT_TRUE(lectern(h).open());
}

TEST_F(LessonOpening, TheFolderOfOnesOwnIsRememberedWhenOneWasOpened) {
  put_text(folder_ / "another.md", kThreeSteps);
  {
    AppHarness h;
    h.app().remember_lessons(settings_.path());
    h.settle();
    EXPECT_TRUE(settings_.names().empty()) << "nothing was chosen yet";
    drop(h, lesson_);
    EXPECT_EQ(kept_folder(settings_ / "lessons.json"), folder_.path());
  }
  AppHarness h;
  h.app().remember_lessons(settings_.path());
  h.settle();
  ASSERT_EQ(h.app().lessons().files.own().files.size(), 2u);
  choose(h, lesson::shipped_lessons().size() + 1);
  ASSERT_TRUE(lectern(h).open());
  EXPECT_EQ(lectern(h).lesson().name, lesson_);
}

TEST_F(LessonOpening, DamagedSettingsAreAsNone) {
  put_text(settings_ / "lessons.json", "{\"folder\": 3");
  AppHarness h;
  h.app().remember_lessons(settings_.path());
  h.settle();
  EXPECT_TRUE(h.app().lessons().files.own().files.empty());
  EXPECT_EQ(h.app().view().message.text, "");
  drop(h, lesson_);
  EXPECT_EQ(kept_folder(settings_ / "lessons.json"), folder_.path());
}

TEST_F(LessonOpening, AShippedLessonIsNotRemembered) {
  AppHarness h;
  h.app().remember_lessons(settings_.path());
  choose(h, 0);
  ASSERT_TRUE(lectern(h).open());
  EXPECT_TRUE(settings_.names().empty());
}

TEST_F(LessonOpening, WhatIsWrongIsOneSentenceAndNothingElseChanges) {
  put_text(folder_ / "wrong.md", "# A\n\n## One\n\nThe {ouput.shape} is small.\n");
  LessonWindow h(lesson_from(kThreeSteps), 1);
  const Scene before = h.scene();
  drop(h, folder_ / "wrong.md");
  EXPECT_EQ(h.step(), 1u);
  EXPECT_EQ(h.scene(), before);
  const Message& message = h.app().view().message;
  EXPECT_TRUE(message.is_error);
  EXPECT_THAT(message.text, testing::StartsWith("This lesson can't be opened: "));
  EXPECT_THAT(message.text, HasSubstr("wrong.md"));
  EXPECT_THAT(message.text, testing::EndsWith("did you mean \"output\"?"));
  EXPECT_EQ(message.text.find('\n'), std::string::npos);
  drop(h, lesson_);
  EXPECT_EQ(h.app().view().message.text, "") << "success takes the error away";
}

TEST_F(LessonOpening, AMissingFileIsToldInTheDialog) {
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  h.click("open/path");
  h.key(Key::kA, true);
  h.type(folder_ / "none.md");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_TRUE(h.has("open/error"));
  EXPECT_FALSE(lectern(h).open());
}

TEST_F(LessonOpening, UnsavedWorkIsAskedAboutFirst) {
  Scene scene = with_bias(2);
  scene.file = folder_ / "mine.json";
  AppHarness h({1280, 720}, scene);
  h.app().perform(bias_edit(3));
  ASSERT_TRUE(h.app().document().would_lose_work());
  drop(h, lesson_);
  EXPECT_FALSE(lectern(h).open());
  h.app().perform(SaveAnswer::kDiscard);
  h.settle();
  EXPECT_TRUE(lectern(h).open());
}

}  // namespace
}  // namespace convscope::program
