// What is unsaved is kept off the UI thread, when it is quiet.
#include "app/session/autosaver.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Optional;

constexpr std::chrono::milliseconds kNever = std::chrono::hours(1);

class Autosaving : public testing::Test {
 protected:
  // The biases of the scenes that the next start would offer.
  std::vector<float> offered() const {
    std::vector<float> biases;
    for (const KeptScene& kept : KeptScene::left_behind(state_))
      biases.push_back(bias_of(kept.load()));
    return biases;
  }
  static void ignore() {}
  TempFolder folder_;
  fs::path state_ = folder_.path() / "state";
};

TEST_F(Autosaving, TheNewestSceneIsKeptWhenItIsQuiet) {
  {
    Autosaver saver(state_, ignore, {kNever, kNever});
    for (int i = 1; i <= 5; ++i)
      saver.keep(with_bias(static_cast<float>(i)));
    EXPECT_FALSE(fs::exists(state_)) << "not at each change";
    saver.wait();
    EXPECT_TRUE(offered().empty()) << "this run goes on";
  }
  EXPECT_EQ(offered(), std::vector{5.0f});
}

TEST_F(Autosaving, ChangesWithoutEndAreKeptOnTheWay) {
  Autosaver saver(state_, ignore, {kNever, std::chrono::milliseconds(0)});
  saver.keep(with_bias(1));
  // There is no quiet: each change comes after the last was seen.
  while (!fs::exists(state_)) {
    saver.keep(with_bias(2));
    std::this_thread::yield();
  }
}

TEST_F(Autosaving, WhatIsSavedIsNotOffered) {
  {
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.keep(with_bias(1));
    saver.wait();
    saver.forget();
    saver.wait();
  }
  EXPECT_TRUE(offered().empty());
  EXPECT_TRUE(fs::is_empty(state_));
}

TEST_F(Autosaving, WhatWaitsIsWrittenWhenTheProgramMustEnd) {
  {
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.keep(with_bias(3));
    EXPECT_EQ(saver.write_now(), std::nullopt);
    EXPECT_EQ(saver.write_now(), std::nullopt) << "nothing is due any more";
  }
  EXPECT_EQ(offered(), std::vector{3.0f});
}

TEST_F(Autosaving, ASceneThatIsGoneOnWithStaysUntilItsNextStateIsKept) {
  {
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.keep(with_bias(1));
    saver.wait();
  }
  {
    std::vector<KeptScene> left = KeptScene::left_behind(state_);
    ASSERT_EQ(left.size(), 1u);
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.adopt(std::move(left.front()));
    saver.keep(with_bias(2));
  }  // ends before it was written
  EXPECT_EQ(offered(), std::vector{1.0f});
  {
    std::vector<KeptScene> left = KeptScene::left_behind(state_);
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.keep(with_bias(7));
    saver.wait();
    saver.adopt(std::move(left.front()));
    saver.keep(with_bias(2));
    saver.wait();
  }
  EXPECT_EQ(offered(), std::vector{2.0f}) << "in its place";
  {
    std::vector<KeptScene> left = KeptScene::left_behind(state_);
    Autosaver saver(state_, ignore, {kNever, kNever});
    saver.adopt(std::move(left.front()));
    saver.forget();
    saver.wait();
  }
  EXPECT_TRUE(offered().empty());
}

TEST_F(Autosaving, WhereNothingCanBeKeptTheReasonIsTold) {
  Autosaver nowhere("", ignore, {kNever, kNever});
  nowhere.keep(with_bias(1));
  nowhere.wait();
  EXPECT_THAT(nowhere.take_error(), Optional(HasSubstr("neither XDG_STATE_HOME nor HOME")));
  put_text(state_, "a file");
  Autosaver saver(state_, ignore, {kNever, kNever});
  saver.keep(with_bias(1));
  saver.wait();
  EXPECT_THAT(saver.take_error(), Optional(HasSubstr("can't be made: File exists")));
  EXPECT_EQ(saver.take_error(), std::nullopt);
  fs::remove(state_);
  saver.keep(with_bias(2));
  saver.wait();
  EXPECT_EQ(saver.take_error(), std::nullopt) << "it is tried again";
  EXPECT_TRUE(fs::exists(state_));
}

}  // namespace
}  // namespace convscope::session
