// What happens to changes when the window is closed, or another scene is opened.
#include <gmock/gmock.h>

#include <array>
#include <filesystem>

#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "tests/app/app_harness.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using ui::Key;

class Leaving : public testing::Test {
 protected:
  Leaving() {
    save_scene(with_bias(1), a_);
    save_scene(with_bias(9), b_);
  }
  // The scene a.json with another bias.
  void open_and_edit(AppHarness& h) const {
    h.app().perform(OpenScene{a_});
    h.settle();
    h.app().perform(bias_edit(2));
  }
  static bool asks(AppHarness& h) {
    h.frame(2);
    return h.has("save-question/save");
  }
  TempFolder folder_;
  std::string a_ = folder_ / "a.json";
  std::string b_ = folder_ / "b.json";
};

TEST_F(Leaving, NothingIsAskedWhereNothingIsLost) {
  {
    AppHarness h;
    h.app().close();
    EXPECT_TRUE(h.app().wants_quit());
  }
  {
    AppHarness h;
    h.app().perform(bias_edit(2));  // of a scene without a file
    h.app().close();
    EXPECT_TRUE(h.app().wants_quit());
  }
  AppHarness h;
  open_and_edit(h);
  h.app().perform(Undo{});
  h.app().close();
  EXPECT_TRUE(h.app().wants_quit());
}

TEST_F(Leaving, ClosingAsksForTheChangesOfAFile) {
  AppHarness h;
  open_and_edit(h);
  h.app().close();
  ASSERT_TRUE(asks(h));
  EXPECT_FALSE(h.app().wants_quit());
  h.click("save-question/cancel");
  EXPECT_FALSE(asks(h));
  EXPECT_FALSE(h.app().wants_quit());
  EXPECT_TRUE(h.app().document().unsaved());
  h.key(Key::kQ, true);
  ASSERT_TRUE(asks(h));
  h.click("save-question/discard");
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 1.0f);
}

TEST_F(Leaving, SavingEndsInTheFileAndTheProgram) {
  AppHarness h;
  open_and_edit(h);
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.key(Key::kEnter);
  h.settle();
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
}

TEST_F(Leaving, WhatIsEditedWhileTheSceneIsSavedIsAskedForAgain) {
  AppHarness h;
  open_and_edit(h);
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.app().perform(SaveAnswer::kSave);
  h.app().perform(bias_edit(3));
  h.app().settle();
  EXPECT_FALSE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  ASSERT_TRUE(asks(h));
  h.click("save-question/save");
  h.settle();
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 3.0f);
}

TEST_F(Leaving, NotSavingTakesMoreThanOneKey) {
  AppHarness h;
  open_and_edit(h);
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.key(Key::kD);
  EXPECT_TRUE(asks(h));
  EXPECT_FALSE(h.app().wants_quit());
  h.key(Key::kD, true);
  EXPECT_TRUE(h.app().wants_quit());
}

TEST_F(Leaving, TheProgramStaysWhereTheChangesCanNotBeSaved) {
  AppHarness h;
  open_and_edit(h);
  std::filesystem::remove(a_);
  std::filesystem::create_directory(a_);
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.click("save-question/save");
  h.settle();
  EXPECT_FALSE(h.app().wants_quit());
  EXPECT_THAT(h.app().view().message.text, HasSubstr("a.json\" can't be written: it is a folder"));
  EXPECT_TRUE(h.app().document().unsaved());
  h.app().close();
  EXPECT_TRUE(asks(h)) << "it can be tried again";
}

TEST_F(Leaving, ClosingWaitsForASaveThatIsUnderWay) {
  AppHarness h;
  open_and_edit(h);
  h.app().perform(SaveScene{folder_ / "none/c.json"});
  h.app().close();
  h.settle();
  EXPECT_FALSE(h.app().wants_quit()) << "it failed";
  EXPECT_THAT(h.app().view().message.text, HasSubstr("c.json\" can't be written"));
  h.app().perform(SaveScene{});
  h.app().close();
  h.settle();
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
}

TEST_F(Leaving, ADrawingWithoutAFileGetsANameFirst) {
  AppHarness h;
  h.take_brush();
  h.click(h.input_cell(1, 3));
  h.settle();
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.click("save-question/save");
  h.frame(2);
  ASSERT_TRUE(h.has("save/path"));
  h.click("save/cancel");
  h.settle();
  EXPECT_FALSE(h.app().wants_quit()) << "no name was given";
  h.app().close();
  ASSERT_TRUE(asks(h));
  h.click("save-question/save");
  h.frame(2);
  h.click("save/path");
  h.key(Key::kA, true);
  h.type(folder_ / "drawn");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(*load_scene(folder_ / "drawn.json").input.tensor,
            *h.app().document().scene().input.tensor);
}

TEST_F(Leaving, AnotherSceneAsksToo) {
  AppHarness h;
  open_and_edit(h);
  h.app().perform(OpenScene{b_});
  ASSERT_TRUE(asks(h));
  h.key(Key::kEscape);
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 2.0f);
  h.app().perform(OpenScene{b_});
  ASSERT_TRUE(asks(h));
  h.click("save-question/save");
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 9.0f);
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  EXPECT_FALSE(h.app().wants_quit());
}

TEST_F(Leaving, WhatIsEditedWhileAnotherSceneIsReadIsAskedFor) {
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  const auto edit_while_read = [&](float bias) {
    h.app().perform(OpenScene{b_});
    h.app().perform(bias_edit(bias));
    h.app().settle();
    EXPECT_EQ(bias_of(h.app().document().scene()), bias);
    return asks(h);
  };
  ASSERT_TRUE(edit_while_read(2.0f));
  h.click("save-question/save");
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 9.0f);
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
  h.app().perform(Undo{});
  ASSERT_EQ(bias_of(h.app().document().scene()), 2.0f);
  ASSERT_TRUE(edit_while_read(3.0f));
  h.click("save-question/discard");
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 9.0f);
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
}

// A wish to quit that came meanwhile is the newer one.
TEST_F(Leaving, ASceneThatHasBeenReadDoesNotAnswerTheQuestion) {
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  h.app().perform(OpenScene{b_});
  h.app().perform(bias_edit(2));
  h.app().close();
  h.app().settle();
  ASSERT_TRUE(asks(h));
  EXPECT_EQ(bias_of(h.app().document().scene()), 2.0f);
  h.click("save-question/save");
  h.settle();
  EXPECT_TRUE(h.app().wants_quit());
  EXPECT_EQ(bias_of(load_scene(a_)), 2.0f);
}

// A save that ends after another scene was opened says nothing of that one.
TEST_F(Leaving, ASaveIsOfItsOwnScene) {
  AppHarness h;
  open_and_edit(h);
  h.app().perform(OpenScene{b_});
  ASSERT_TRUE(asks(h));
  h.click("save-question/discard");
  h.app().settle();
  h.app().perform(Undo{});  // a.json again, with its change
  h.app().perform(SaveScene{});
  h.app().perform(Redo{});  // b.json before it is known to be written
  h.app().settle();
  EXPECT_EQ(h.app().title(), "b.json – Convscope");
  EXPECT_FALSE(h.app().document().unsaved());
}

TEST_F(Leaving, WhatIsDroppedBesideASceneIsToldToBeLeftOut) {
  AppHarness h;
  const std::array<std::filesystem::path, 3> files{a_, folder_ / "x.png", folder_ / "y.png"};
  h.app().drop(files);
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 1.0f);
  EXPECT_EQ(h.app().view().message.text,
            "A scene is opened alone: what was dropped with it (2 files) was left out.");
}

TEST_F(Leaving, PicturesThatAreAddedAtOnceAllArrive) {
  const std::vector<std::uint8_t> rgba(4 * 6 * 8, 255);
  write_png(folder_ / "p.png", rgba, 8, 6);
  AppHarness h;
  for (int i = 0; i < 3; ++i) {
    OpenPicture wanted{folder_ / "p.png"};
    wanted.onto = h.app().document().scene().input.tensor;
    h.app().perform(wanted);
  }
  h.settle();
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{4, 1, 6, 8}));
}

}  // namespace
}  // namespace convscope::program
