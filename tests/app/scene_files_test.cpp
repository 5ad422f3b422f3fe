// Saving and opening scenes in the window.
#include <gmock/gmock.h>

#include <filesystem>
#include <limits>

#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "tests/app/app_harness.h"
#include "tests/scene/bias_scene.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using ui::Key;

class SceneFiles : public testing::Test {
 protected:
  void replace_typed(AppHarness& h, const std::string& field, const std::string& text) {
    h.click(field);
    h.key(Key::kA, true);
    h.type(text);
  }
  TempFolder folder_;
  std::string a_ = folder_ / "a.json";
};

TEST_F(SceneFiles, SavingAsksForANameOnceAndThenKnowsIt) {
  AppHarness h({1280, 720}, with_bias(2));
  EXPECT_EQ(h.app().title(), "Convscope");
  h.key(Key::kS, true);
  h.frame(3);
  ASSERT_TRUE(h.has("save/path"));
  replace_typed(h, "save/path", folder_ / "a");  // ".json" is added
  h.key(Key::kEnter);
  h.settle();
  EXPECT_FALSE(h.has("save/path"));
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(first_layer(load_scene(a_)).kernel.bias.front(), 2.0f);
  EXPECT_EQ(h.app().title(), "a.json – Convscope");

  h.app().perform(bias_edit(3));
  EXPECT_TRUE(h.app().document().unsaved());
  EXPECT_EQ(h.app().title(), "a.json* – Convscope");
  h.key(Key::kS, true);
  h.settle();
  EXPECT_FALSE(h.has("save/path"));
  EXPECT_EQ(first_layer(load_scene(a_)).kernel.bias.front(), 3.0f);
  EXPECT_FALSE(h.app().document().unsaved());
  // Undone beyond the first saving it is still that file's scene, and differs from it.
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().title(), "a.json* – Convscope");
  h.app().perform(Redo{});
  EXPECT_EQ(h.app().title(), "a.json – Convscope");
}

TEST_F(SceneFiles, AnotherFileIsReplacedOnlyByTheButtonThatSaysSo) {
  save_scene(with_bias(7), folder_ / "b.json");
  AppHarness h({1280, 720}, with_bias(2));
  h.key(Key::kS, true, true);
  h.frame(3);
  replace_typed(h, "save/path", folder_.path().string());
  h.key(Key::kEnter);  // shows the folder
  h.frame(3);
  ASSERT_TRUE(h.has("open/b.json"));
  h.click("open/b.json");
  h.frame(2);
  ASSERT_TRUE(h.has("save/warning"));
  h.click("save/path");
  h.key(Key::kEnter);
  h.settle();
  ASSERT_TRUE(h.has("save/path")) << "Enter must not replace a file";
  EXPECT_EQ(first_layer(load_scene(folder_ / "b.json")).kernel.bias.front(), 7.0f);
  h.click("save/save");
  h.settle();
  EXPECT_FALSE(h.has("save/path"));
  EXPECT_EQ(first_layer(load_scene(folder_ / "b.json")).kernel.bias.front(), 2.0f);
}

TEST_F(SceneFiles, OpeningIsOneStepOfUndo) {
  save_scene(with_bias(7), a_);
  AppHarness h({1280, 720}, with_bias(2));
  const std::vector<std::filesystem::path> dropped{a_};
  h.app().drop(dropped);
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 7.0f);
  EXPECT_FALSE(h.app().document().unsaved());
  EXPECT_EQ(h.app().title(), "a.json – Convscope");
  h.key(Key::kZ, true);
  EXPECT_EQ(bias_of(h.app().document().scene()), 2.0f);
  EXPECT_EQ(h.app().title(), "Convscope") << "saving now must not overwrite a.json";
  h.key(Key::kZ, true, true);
  EXPECT_EQ(bias_of(h.app().document().scene()), 7.0f);
  EXPECT_EQ(h.app().title(), "a.json – Convscope");
}

TEST_F(SceneFiles, AWideTopBarNamesTheFileAndSaves) {
  save_scene(with_bias(7), a_);
  AppHarness h({2400, 1080});
  h.app().perform(OpenScene{a_});
  h.settle();
  EXPECT_TRUE(h.has("top/file"));
  h.app().perform(bias_edit(3));
  h.click("top/save");
  h.settle();
  EXPECT_EQ(first_layer(load_scene(a_)).kernel.bias.front(), 3.0f);
}

TEST_F(SceneFiles, TheDialogOpensScenes) {
  save_scene(with_bias(7), a_);
  AppHarness h;
  h.key(Key::kO, true);
  h.frame(3);
  replace_typed(h, "open/path", folder_.path().string());
  h.key(Key::kEnter);
  h.frame(3);
  h.click("open/a.json");
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 7.0f);
}

TEST_F(SceneFiles, ABrokenSceneIsToldAndNothingIsLost) {
  put_text(a_, R"({"format": "convscope-scene", "version": 1, "conv": {"strides": [2, 2]}})");
  AppHarness h({1280, 720}, with_bias(2));
  h.app().perform(OpenScene{a_});
  h.settle();
  EXPECT_EQ(bias_of(h.app().document().scene()), 2.0f);
  EXPECT_THAT(h.app().view().message.text,
              HasSubstr("a.json\" can't be read as a scene: conv has an unknown "
                        "key \"strides\""));
}

// As a run of learning that diverged leaves them.
TEST_F(SceneFiles, ASceneWithNaNIsSavedOnce) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  Scene scene = with_bias(kNan);
  first_layer(scene).kernel.weight.fill(kNan);
  scene.learning.hidden.fill(kNan);
  scene.learning.start = first_layer(scene).kernel.weight;
  scene.learning.start_bias = {kNan};
  save_scene(scene, a_);
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  EXPECT_FALSE(h.app().document().unsaved());
  h.app().perform(bias_edit(3));
  EXPECT_TRUE(h.app().document().unsaved());
  h.app().perform(Undo{});
  EXPECT_FALSE(h.app().document().unsaved());
}

TEST_F(SceneFiles, ASceneThatCanNotBeSavedStaysUnsaved) {
  save_scene(with_bias(1), a_);
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  h.app().perform(bias_edit(3));
  h.app().perform(SaveScene{folder_ / "none/b.json"});
  h.settle();
  EXPECT_THAT(h.app().view().message.text,
              EndsWith("b.json\" can't be written: No such file or directory."));
  EXPECT_EQ(h.app().title(), "a.json* – Convscope");
}

TEST_F(SceneFiles, AReadOnlySceneAsksBeforeItIsReplaced) {
  save_scene(with_bias(1), a_);
  std::filesystem::permissions(a_, std::filesystem::perms::owner_read);
  AppHarness h;
  h.app().perform(OpenScene{a_});
  h.settle();
  h.app().perform(bias_edit(3));
  h.key(Key::kS, true);
  h.frame(3);
  ASSERT_TRUE(h.has("save/warning"));
  const float bottom = 360.0f + 1.06f * 260.0f;  // of the dialog, in the middle of the window
  EXPECT_LT(h.rect("save/save").max.y, bottom - 8.0f) << "The warning pushes the buttons out";
  h.key(Key::kEnter);
  h.settle();
  ASSERT_TRUE(h.has("save/path")) << "Enter must not replace a file";
  EXPECT_EQ(first_layer(load_scene(a_)).kernel.bias.front(), 1.0f);
  h.click("save/save");
  h.settle();
  EXPECT_FALSE(h.has("save/path"));
  EXPECT_EQ(h.app().view().message.text, "");
  EXPECT_EQ(first_layer(load_scene(a_)).kernel.bias.front(), 3.0f);
  EXPECT_FALSE(h.app().document().unsaved());
}

// Each size that was loaded would be a step of its own otherwise.
TEST_F(SceneFiles, DraggingThePicturesSizeIsOneStepOfUndo) {
  const std::vector<std::uint8_t> rgba(4 * 40 * 40, 200);
  write_png(folder_ / "p.png", rgba, 40, 40);
  AppHarness h;
  const Scene before = h.app().document().scene();
  h.app().perform(OpenPicture{folder_ / "p.png"});
  h.settle();
  const ImVec2 at = h.find("input/size/y").center();
  h.move(at);
  h.press();
  for (int i = 1; i <= 5; ++i) {
    h.move({at.x - 12.0f * static_cast<float>(i), at.y});
    h.settle();
  }
  h.release();
  h.settle();
  EXPECT_LT(h.app().document().scene().input.tensor->shape().h, 36);
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene().input.tensor->shape().h, 40);
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene(), before);
}

}  // namespace
}  // namespace convscope::program
