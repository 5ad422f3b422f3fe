// What was drawn is offered again after the program has ended without being asked.
#include <gmock/gmock.h>

#include <filesystem>

#include "app/files/scene_file.h"
#include "app/session/kept_scene.h"
#include "tests/app/app_harness.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using ui::Key;

class RecoveryOffers : public testing::Test {
 protected:
  // A start of the program in a window.
  std::unique_ptr<AppHarness> start() const {
    auto window = std::make_unique<AppHarness>();
    window->app().keep_unsaved_work(state_, [] {});
    window->frame(3);
    return window;
  }
  // A run that draws, and is killed when all is quiet.
  Tensor draw_and_crash(Index column) const {
    const auto window = start();
    if (offers(*window)) window->click("recovery/later");
    window->rest();
    window->take_brush();
    window->click(window->input_cell(1, column));
    window->settle();
    return *window->app().document().scene().input.tensor;
  }
  // The scene a.json, with another bias.
  void edit_and_crash() const {
    save_scene(with_bias(1), a_);
    const auto window = start();
    window->app().perform(OpenScene{a_});
    window->settle();
    window->app().perform(bias_edit(2));
    window->settle();
  }
  static bool offers(AppHarness& window) { return window.has("recovery/go-on"); }
  TempFolder folder_;
  std::string a_ = folder_ / "a.json";
  fs::path state_ = folder_.path() / "state";
};

TEST_F(RecoveryOffers, NothingAfterNothing) {
  { EXPECT_FALSE(offers(*start())); }
  {
    const auto window = start();
    window->app().perform(bias_edit(2));  // as closing asks nothing
    window->settle();
  }
  EXPECT_FALSE(offers(*start()));
  EXPECT_TRUE(!fs::exists(state_) || fs::is_empty(state_));
}

TEST_F(RecoveryOffers, ADrawingAfterACrash) {
  const Tensor drawn = draw_and_crash(3);
  {
    const auto window = start();
    ASSERT_TRUE(offers(*window));
    window->click("recovery/go-on");
    window->settle();
    EXPECT_FALSE(offers(*window));
    EXPECT_EQ(*window->app().document().scene().input.tensor, drawn);
    EXPECT_TRUE(window->app().document().unsaved());
    window->app().perform(Undo{});
    EXPECT_FALSE(window->app().document().unsaved()) << "it is one step of undo";
    window->app().perform(Redo{});
    window->settle();
  }  // ends without being asked again
  const auto window = start();
  ASSERT_TRUE(offers(*window));
  window->key(Key::kEnter);
  window->settle();
  EXPECT_EQ(*window->app().document().scene().input.tensor, drawn);
}

TEST_F(RecoveryOffers, ACrashWhileTheQuestionIsOpenLosesNothing) {
  draw_and_crash(3);
  EXPECT_TRUE(offers(*start()));
  EXPECT_TRUE(offers(*start()));
}

TEST_F(RecoveryOffers, NothingAfterACleanEnd) {
  save_scene(with_bias(1), a_);
  const auto edited = [&] {
    auto window = start();
    window->app().perform(OpenScene{a_});
    window->settle();
    window->app().perform(bias_edit(2));
    window->settle();
    return window;
  };
  {
    const auto window = edited();
    window->app().close();
    window->frame(2);
    window->click("save-question/discard");
    EXPECT_TRUE(window->app().wants_quit());
  }
  EXPECT_FALSE(offers(*start()));
  {
    const auto window = edited();
    window->key(Key::kS, true);
    window->settle();
  }  // killed, but all was saved
  EXPECT_FALSE(offers(*start()));
  {
    const auto window = edited();
    window->app().perform(Undo{});
    window->settle();
  }
  EXPECT_FALSE(offers(*start()));
}

TEST_F(RecoveryOffers, DiscardingForgetsAndLaterKeeps) {
  draw_and_crash(3);
  {
    const auto window = start();
    window->key(Key::kEscape);
    window->settle();
    EXPECT_FALSE(offers(*window));
    EXPECT_FALSE(window->app().document().unsaved());
  }
  {
    const auto window = start();
    ASSERT_TRUE(offers(*window));
    window->key(Key::kD, true);
    window->settle();
    EXPECT_FALSE(offers(*window));
  }
  EXPECT_FALSE(offers(*start()));
}

TEST_F(RecoveryOffers, SeveralOneAfterTheOther) {
  draw_and_crash(2);
  draw_and_crash(4);
  const auto window = start();
  ASSERT_TRUE(offers(*window));
  window->click("recovery/discard");
  window->frame(2);
  ASSERT_TRUE(offers(*window));
  window->click("recovery/go-on");
  window->settle();
  EXPECT_FALSE(offers(*window));
  EXPECT_EQ(window->app().document().scene().input.name, "drawn");
}

TEST_F(RecoveryOffers, OnlyWhatNoRunningProgramHas) {
  const auto first = start();
  first->take_brush();
  first->click(first->input_cell(1, 3));
  first->settle();
  // Each harness has a context of its own, the newest of which is the current one.
  EXPECT_EQ(KeptScene::left_behind(state_).size(), 0u);
}

TEST_F(RecoveryOffers, WhatIsGoneOnWithIsSavedWhereItWent) {
  edit_and_crash();
  const auto window = start();
  ASSERT_TRUE(offers(*window));
  window->click("recovery/go-on");
  window->settle();
  EXPECT_EQ(window->app().title(), "a.json* – Convscope");
  EXPECT_EQ(bias_of(window->app().document().scene()), 2.0f);
  window->key(Key::kS, true);
  window->settle();
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  EXPECT_FALSE(window->app().document().unsaved());
}

TEST_F(RecoveryOffers, AFileThatWasChangedSinceIsNotReplacedUnasked) {
  edit_and_crash();
  save_scene(with_bias(9), a_);
  fs::last_write_time(a_, fs::file_time_type::clock::now() + std::chrono::hours(1));
  const auto window = start();
  ASSERT_TRUE(offers(*window));
  window->click("recovery/go-on");
  window->settle();
  EXPECT_THAT(window->app().view().message.text,
              HasSubstr("a.json\" was changed after these changes were kept: saving asks"));
  window->key(Key::kS, true);
  window->frame(3);
  ASSERT_TRUE(window->has("save/warning"));
  window->key(Key::kEnter);
  window->settle();
  ASSERT_TRUE(window->has("save/path")) << "Enter must not replace it";
  EXPECT_EQ(bias_of(load_scene(a_)), 9.0f);
  window->click("save/save");
  window->settle();
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  window->app().perform(bias_edit(3));
  window->key(Key::kS, true);
  window->settle();
  EXPECT_EQ(bias_of(load_scene(a_)), 3.0f) << "it was asked once";
}

TEST_F(RecoveryOffers, WhatCanNotBeReadIsToldAndKept) {
  draw_and_crash(3);
  for (const auto& entry : fs::recursive_directory_iterator(state_)) {
    if (entry.path().extension() == ".json") put_text(entry.path(), "{");
  }
  {
    const auto window = start();
    ASSERT_TRUE(offers(*window));
    window->click("recovery/go-on");
    window->settle();
    EXPECT_THAT(window->app().view().message.text,
                HasSubstr("can't be gone on with, and are kept:"));
    EXPECT_FALSE(window->app().document().unsaved());
  }
  EXPECT_TRUE(offers(*start()));
}

TEST_F(RecoveryOffers, AFolderThatCanNotBeWrittenIsToldOnceAndWorkGoesOn) {
  put_text(state_, "a file");
  const auto window = start();
  window->take_brush();
  window->click(window->input_cell(1, 3));
  window->settle();
  EXPECT_THAT(window->app().view().message.text,
              HasSubstr("Unsaved changes can't be kept for the case of a crash: "));
  window->click("message/close");
  window->click(window->input_cell(1, 4));
  window->settle();
  EXPECT_EQ(window->app().view().message.text, "");
  EXPECT_EQ(window->app().document().scene().input.tensor->at(1, 4), 1.0f);
}

}  // namespace
}  // namespace convscope::program
