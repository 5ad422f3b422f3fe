// Dialogs that keep what was typed, keys that stay in them, and short words about what succeeded.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "tests/app/app_harness.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using ui::Key;

class Dialogs : public testing::Test {
 protected:
  static void replace_typed(AppHarness& h, const std::string& field, const std::string& text) {
    h.click(field);
    h.key(Key::kA, true);
    h.type(text);
  }
  // Types on at the end of what is there.
  static void type_on(AppHarness& h, const std::string& text) {
    h.frame(3);
    h.key(Key::kEnd);
    h.type(text);
  }
  static void open(AppHarness& h, const std::string& path) {
    h.key(Key::kO, true);
    h.frame(3);
    replace_typed(h, "open/path", path);
    h.key(Key::kEnter);
  }
  TempFolder folder_;
  std::string a_ = folder_ / "a.json";
};

TEST_F(Dialogs, ABadPathKeepsTheOpenDialogAndWhatWasTyped) {
  save_scene(with_bias(7), a_);
  AppHarness h;
  open(h, folder_ / "a.jso");
  h.settle();
  ASSERT_TRUE(h.has("open/path"));
  EXPECT_TRUE(h.has("open/error"));
  EXPECT_EQ(h.app().view().message.text, "") << "the dialog says it";
  type_on(h, "n");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_FALSE(h.has("open/path"));
  EXPECT_EQ(bias_of(h.app().document().scene()), 7.0f);
  h.key(Key::kO, true);
  h.frame(3);
  EXPECT_FALSE(h.has("open/error")) << "success has cleared it";
}

TEST_F(Dialogs, EndShowsTheLastOfManyFiles) {
  for (int i = 10; i < 90; ++i)
    put_text(folder_ / ("f" + std::to_string(i) + ".png"), "");
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  replace_typed(h, "open/path", folder_.path().string());
  h.key(Key::kEnter);
  h.frame(3);
  h.key(Key::kDown);
  h.frame(2);
  h.key(Key::kEnd);
  h.frame(3);
  const auto stop = h.app().surface().focus().shown_stop();
  ASSERT_TRUE(stop);
  const auto last = h.rect("open/f89.png");
  const auto cancel = h.rect("open/cancel");
  EXPECT_EQ(stop->max.x, last.max.x);
  EXPECT_LE(last.max.y, cancel.min.y) << "the whole row is seen";
  EXPECT_GT(last.max.y, cancel.min.y - 40.0f) << "nothing is below it";
}

TEST_F(Dialogs, AFileThatCantBeReadBringsTheDialogBack) {
  save_scene(with_bias(7), folder_ / "a.png.json");
  put_text(folder_ / "a.png", "not a picture");
  AppHarness h;
  open(h, folder_ / "a.png");
  h.settle();
  ASSERT_TRUE(h.has("open/path"));
  EXPECT_TRUE(h.has("open/error"));
  type_on(h, ".json");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_FALSE(h.has("open/path"));
  EXPECT_EQ(bias_of(h.app().document().scene()), 7.0f);
}

TEST_F(Dialogs, ABadPathKeepsTheSaveDialogAndWhatWasTyped) {
  AppHarness h({1280, 720}, with_bias(2));
  h.key(Key::kS, true);
  h.frame(3);
  replace_typed(h, "save/path", folder_ / "none/a");
  h.key(Key::kEnter);
  h.settle();
  ASSERT_TRUE(h.has("save/path"));
  EXPECT_TRUE(h.has("save/error"));
  std::filesystem::create_directory(folder_ / "none");
  h.frame(3);
  h.key(Key::kEnter);
  h.settle();
  EXPECT_FALSE(h.has("save/path"));
  EXPECT_EQ(bias_of(load_scene(folder_ / "none/a.json")), 2.0f);
}

TEST_F(Dialogs, WhatIsTypedOnAsADialogClosesIsNoShortcut) {
  save_scene(with_bias(7), a_);
  AppHarness h;
  open(h, a_);
  const auto turned = [&] { return first_layer(h.app().document().scene()).kernel.turned; };
  h.key(Key::kF);
  h.settle();
  EXPECT_FALSE(h.has("open/path"));
  EXPECT_FALSE(turned());
  h.rest();
  h.key(Key::kF);
  EXPECT_TRUE(turned());
}

TEST_F(Dialogs, AKeyThatWasHeldInADialogIsNoShortcut) {
  AppHarness h;
  h.settle();
  h.key(Key::kO, true);
  h.frame(3);
  ui::inject_key(ImGui::GetIO(), Key::kS, true);
  h.frame(3);
  h.click("open/cancel");
  h.frame(120);  // it repeats
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  ui::inject_key(ImGui::GetIO(), Key::kS, false);
  h.frame(2);
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 1);
}

TEST_F(Dialogs, SavingIsSaidAndTakesAnOldErrorAway) {
  save_scene(with_bias(7), a_);
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  h.app().perform(OpenScene{folder_ / "none.json"});
  h.settle();
  ASSERT_TRUE(h.app().view().message.is_error);
  h.key(Key::kS, true);
  h.settle();
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(h.app().view().toast.text, "Saved a.json.");
}

TEST_F(Dialogs, CopyAndPasteAreSaid) {
  AppHarness h;
  h.move(h.input_cell(2, 2));
  ImGui::SetClipboardText("no numbers");
  h.key(Key::kV, true);
  ASSERT_TRUE(h.app().view().message.is_error);
  h.key(Key::kC, true);
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(h.app().view().toast.text, "The input was copied: 6 × 8 numbers.");
  h.move("kernel/weight");
  ImGui::SetClipboardText("1 2\n3 4");
  h.key(Key::kV, true);
  h.frame(2);
  EXPECT_EQ(h.app().view().toast.text, "Pasted 2 × 2 numbers into the kernel.");
  const Tensor before = first_layer(default_scene()).kernel.weight;
  h.click("toast/undo");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, before);
}

TEST_F(Dialogs, AnErrorGoesWithWhatSucceeds) {
  Scene scene = default_scene();
  scene.input.name = "drawn";
  scene.input.tensor = std::make_shared<const Tensor>(Shape{256, 300, 1, 64});
  first_layer(scene).kernel.weight = Tensor({1, 1, 1, 1});
  AppHarness h({1280, 720}, scene);
  h.enter("input/size/y", "64");
  EXPECT_THAT(h.app().view().message.text, HasSubstr("at most 268 435 456 are accepted"));
  h.enter("input/size/x", "2");
  EXPECT_EQ(h.app().view().message.text, "");
}

}  // namespace
}  // namespace convscope::program
