// Lessons read off the UI thread.
#include "app/program/lesson/lesson_files.h"

#include <gmock/gmock.h>

#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

TEST(LessonFiles, ReadOneAndTellItsFolder) {
  const TempFolder folder;
  put_text(folder / "b.md", "# B\n\n## One\n\nText.\n");
  put_text(folder / "a.md", "no lesson");
  put_text(folder / "README.md", "# What this folder is\n");
  put_text(folder / "c.txt", "");
  LessonFiles files([] {});
  files.open({.path = folder / "b.md", .shipped = {}, .step = 1});
  EXPECT_EQ(files.reading(), "b.md");
  files.wait();
  const std::optional<LoadedLesson> loaded = files.take();
  ASSERT_TRUE(loaded && loaded->lesson);
  EXPECT_EQ(loaded->lesson->title, "B");
  EXPECT_EQ(loaded->wanted.step, 1u);
  EXPECT_EQ(files.reading(), "");
  EXPECT_EQ(files.own().files,
            (std::vector<std::filesystem::path>{folder / "a.md", folder / "b.md"}));
  EXPECT_FALSE(files.take());
}

TEST(LessonFiles, WhatIsCancelledIsNotReturned) {
  LessonFiles files([] {});
  files.open({.path = {}, .shipped = "04-cross-correlation"});
  files.cancel();
  files.wait();
  EXPECT_FALSE(files.take());
  EXPECT_EQ(files.reading(), "");
}

TEST(LessonFiles, ErrorsAreOneSentence) {
  LessonFiles files([] {});
  files.open({.path = {}, .shipped = "05-none"});
  files.wait();
  const std::optional<LoadedLesson> loaded = files.take();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->lesson, nullptr);
  EXPECT_EQ(loaded->error, "there is no lesson \"05-none\"");
}

TEST(LessonFiles, AFolderThatCannotBeWrittenKeepsNoLessonFromOpening) {
  const TempFolder folder;
  put_text(folder / "b.md", "# B\n\n## One\n\nText.\n");
  LessonFiles files([] {});
  files.remember_in("/proc/none");
  files.open({.path = folder / "b.md", .shipped = {}});
  files.wait();
  const std::optional<LoadedLesson> loaded = files.take();
  ASSERT_TRUE(loaded);
  EXPECT_NE(loaded->lesson, nullptr);
}

}  // namespace
}  // namespace convscope::program
