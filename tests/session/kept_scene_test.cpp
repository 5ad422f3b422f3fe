// Scenes that outlive the run that they were edited in.
#include "app/session/kept_scene.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "tests/error_text.h"
#include "tests/random_tensor.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Scene drawn(float value, const std::string& file = "") {
  Scene scene = default_scene();
  Tensor input = *scene.input.tensor;
  input.fill(value);
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  scene.input.name = "drawn";
  scene.file = file;
  return scene;
}

float value_of(const Scene& scene) {
  return scene.input.tensor->at(0, 0);
}

class Kept : public testing::Test {
 protected:
  // As a run that is killed leaves it.
  void leave(const Scene& scene) const { KeptScene::begin(state_).save(scene); }
  std::size_t entries() const {
    std::error_code none;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(state_, none), fs::directory_iterator()));
  }
  TempFolder folder_;
  fs::path state_ = folder_.path() / "state";
};

TEST_F(Kept, ASceneIsFoundWithItsFileWhenItsRunHasEnded) {
  {
    KeptScene run = KeptScene::begin(state_);
    run.save(drawn(1, "/somewhere/a.json"));
    run.save(drawn(2, "/somewhere/a.json"));
    EXPECT_TRUE(KeptScene::left_behind(state_).empty()) << "it goes on";
  }
  std::vector<KeptScene> left = KeptScene::left_behind(state_);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].file(), "/somewhere/a.json");
  EXPECT_EQ(value_of(left[0].load()), 2.0f);
  EXPECT_EQ(left[0].load().file, "/somewhere/a.json");
  EXPECT_TRUE(KeptScene::left_behind(state_).empty()) << "another start offers it already";
  left[0].remove();
  EXPECT_EQ(entries(), 0u);
}

TEST_F(Kept, TwoRunsKeepTheirOwn) {
  KeptScene a = KeptScene::begin(state_);
  KeptScene b = KeptScene::begin(state_);
  a.save(drawn(1));
  b.save(drawn(2));
  EXPECT_EQ(value_of(a.load()), 1.0f);
  EXPECT_EQ(value_of(b.load()), 2.0f);
}

// A large one has its tensors beside it.
TEST_F(Kept, LargeInputsAreKeptWholeAndLeaveNothing) {
  KeptScene run = KeptScene::begin(state_);
  Scene scene = drawn(1);
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 300, 300}, 7));
  run.save(scene);
  EXPECT_EQ(*run.load().input.tensor, *scene.input.tensor);
  scene.file = "/somewhere/b.json";
  run.save(scene);
  EXPECT_EQ(*run.load().input.tensor, *scene.input.tensor);
  run.save(drawn(2));
  EXPECT_EQ(value_of(run.load()), 2.0f);
  run.remove();
  EXPECT_EQ(entries(), 0u);
}

// Another file begins with the next number; a kill may come between any two steps of that.
TEST_F(Kept, ASceneAndItsFileAreNeverOfTwoMoments) {
  leave(drawn(1, "/somewhere/a.json"));
  const fs::path run = [&] {
    for (const auto& entry : fs::directory_iterator(state_)) {
      if (entry.is_directory()) return entry.path();
    }
    return fs::path();
  }();
  put_text(run / "origin-2", "/somewhere/b.json");
  EXPECT_EQ(KeptScene::left_behind(state_).front().file(), "/somewhere/a.json");
  fs::copy_file(run / "scene-1.json", run / "scene-2.json");
  EXPECT_EQ(KeptScene::left_behind(state_).front().file(), "/somewhere/b.json");
  fs::remove(run / "origin-1");
  EXPECT_EQ(KeptScene::left_behind(state_).front().file(), "/somewhere/b.json");
}

TEST_F(Kept, TheNewestComesFirstAndOldOnesAreBounded) {
  for (int i = 0; i < 14; ++i) {
    KeptScene run = KeptScene::begin(state_);
    run.save(drawn(static_cast<float>(i)));
    for (const auto& entry : fs::recursive_directory_iterator(state_)) {
      // The clock of a file system may be too coarse to tell them apart.
      if (entry.path().filename() == "scene-1.json" &&
          fs::last_write_time(entry) > fs::file_time_type::clock::now() - std::chrono::hours(1)) {
        fs::last_write_time(entry, fs::file_time_type::clock::now() - std::chrono::hours(100 - i));
      }
    }
  }
  const std::vector<KeptScene> left = KeptScene::left_behind(state_);
  ASSERT_EQ(left.size(), KeptScene::kMaxLeft);
  for (std::size_t i = 0; i < left.size(); ++i)
    EXPECT_EQ(value_of(left[i].load()), 13.0f - static_cast<float>(i));
  EXPECT_EQ(entries(), 2 * KeptScene::kMaxLeft) << "folders and locks";
}

TEST_F(Kept, WhatIsNoSceneIsRemovedAndWhatIsNotOursStays) {
  { const KeptScene nothing = KeptScene::begin(state_); }
  put_text(state_ / "somebody's.lock", "");
  put_text(state_ / "run-without-end", "");
  fs::create_directory(state_ / "folder");
  EXPECT_TRUE(KeptScene::left_behind(state_).empty());
  EXPECT_EQ(entries(), 3u);
}

TEST_F(Kept, AFileThatWasChangedSinceIsNewer) {
  const std::string file = folder_ / "a.json";
  leave(drawn(1, file));
  EXPECT_FALSE(KeptScene::left_behind(state_).front().file_is_newer()) << "there is none";
  put_text(file, "{}");
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
  EXPECT_FALSE(KeptScene::left_behind(state_).front().file_is_newer());
  fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_TRUE(KeptScene::left_behind(state_).front().file_is_newer());
}

TEST_F(Kept, AFolderThatCanNotBeWrittenIsToldAndOneThatCanNotBeReadHasNothing) {
  put_text(state_, "a file");
  EXPECT_THAT(error_text([&] { KeptScene::begin(state_); }),
              HasSubstr("can't be made: File exists"));
  EXPECT_TRUE(KeptScene::left_behind(state_).empty());
  EXPECT_TRUE(KeptScene::left_behind({}).empty());
}

TEST_F(Kept, AnOldSceneStaysWhereTheNewOneCanNotBeWritten) {
  KeptScene run = KeptScene::begin(state_);
  run.save(drawn(1));
  Scene scene = drawn(2);
  scene.file = "/somewhere/c.json";
  for (const auto& entry : fs::directory_iterator(state_)) {
    if (entry.is_directory()) fs::create_directory(entry.path() / "scene-2.json");
  }
  EXPECT_THAT(error_text([&] { run.save(scene); }), HasSubstr("can't be written: it is a folder"));
  EXPECT_EQ(value_of(run.load()), 1.0f);
}

}  // namespace
}  // namespace convscope::session
