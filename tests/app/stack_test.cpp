// A stack of pictures: filled, added to, stepped through and changed.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/write_file.h"
#include "tests/app/layers_fixture.h"
#include "tests/differing_cells.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(Stack, PicturesAreAddedSteppedThroughAndRemoved) {
  Layers h(default_scene());
  EXPECT_FALSE(h.has("stack/picture/next"));
  h.click("stack/add");
  h.click("stack/add/2");  // the first pattern
  h.settle();
  ASSERT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{2, 1, 6, 8}));
  EXPECT_EQ(h.app().view().settings.planes.sample, 1) << "the new one is shown";
  h.click("stack/add");
  h.click("stack/add/0");  // a copy of it
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->shape().n, 3);
  h.click("stack/picture/previous");
  h.click("stack/picture/previous");
  EXPECT_EQ(h.app().view().settings.planes.sample, 0);
  const Tensor three = *h.app().document().scene().input.tensor;
  h.click("stack/remove");
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, without_picture(three, 0));
  h.key(Key::kZ, true);
  EXPECT_EQ(*h.app().document().scene().input.tensor, three);
}

TEST(Stack, SeveralDroppedPicturesAreOne) {
  const TempFolder folder;
  std::vector<std::filesystem::path> paths;
  for (int i = 0; i < 3; ++i) {
    const auto grey = static_cast<std::uint8_t>(50 * i);
    const std::vector<std::uint8_t> rgba = {grey, grey, grey, 255, 255, 255, 255, 255};
    paths.push_back(folder / (std::to_string(i) + ".png"));
    write_png(paths.back(), rgba, 2, 1);
  }
  AppHarness h;
  h.app().drop(paths);
  h.settle();
  ASSERT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{3, 1, 1, 2}));
  EXPECT_FLOAT_EQ(h.app().document().scene().input.tensor->at(2, 0, 0, 0), 100.0f / 255.0f);
  // The Kernel page steps through them too.
  h.click("input/picture/next");
  h.settle();
  EXPECT_EQ(h.app().view().settings.planes.sample, 1);
}

TEST(Stack, APictureIsAddedByTheDialog) {
  const TempFolder folder;
  const std::vector<std::uint8_t> rgba(4 * 48, 255);
  write_png(folder / "white.png", rgba, 8, 6);
  Layers h(default_scene());
  h.click("stack/add");
  h.click("stack/add/1");
  h.frame(3);
  h.click("open/path");
  h.key(Key::kA, true);
  h.type(folder / "white.png");
  h.key(Key::kEnter);
  h.settle();
  ASSERT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{2, 1, 6, 8}));
  EXPECT_EQ(h.app().document().scene().input.tensor->at(0, 0, 0, 2), 0.0f)
      << "the edge input stays";
  EXPECT_EQ(h.app().document().scene().input.tensor->at(1, 0, 0, 2), 1.0f);
  EXPECT_EQ(h.app().view().settings.planes.sample, 1) << "the new one is shown";
}

// More than is changed on the UI thread.
TEST(Stack, StrokesOnALargeOneArriveAndAreOneStepOfUndo) {
  Scene scene = default_scene();
  scene.input = noise_stack(40, 3, {50, 50}, 1);
  AppHarness h({1280, 720}, scene);
  h.take_brush();
  h.drag(h.input_cell(20, 10), h.input_cell(20, 40));
  h.settle();
  Tensor expected = *scene.input.tensor;
  for (Index c = 0; c < 3; ++c) {
    for (Index x = 10; x <= 40; ++x)
      expected.at(0, c, 20, x) = 1.0f;
  }
  const Tensor& drawn = *h.app().document().scene().input.tensor;
  EXPECT_TRUE(drawn == expected);
  EXPECT_EQ(differing_cells(drawn, expected), CellRect{});
  EXPECT_TRUE(*h.app().live().results()->scene.input.tensor == drawn);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().document().scene(), scene);
}

TEST(Stack, UndoGivesUpAChangeThatIsStillUnderWay) {
  Scene scene = default_scene();
  scene.input = noise_stack(40, 3, {50, 50}, 1);
  AppHarness h({1280, 720}, scene);
  h.app().perform(Edit{LayerEdit{0, rotated_180(first_layer(scene).kernel)}});
  const Scene turned = h.app().document().scene();
  h.app().perform(clear_change());
  h.app().perform(Undo{});
  h.settle();
  EXPECT_EQ(h.app().document().scene(), turned);
  h.app().perform(clear_change());
  h.settle();
  EXPECT_EQ(*h.app().document().scene().input.tensor, Tensor(scene.input.tensor->shape()));
}

TEST(Stack, SavingWaitsForAChangeThatIsUnderWay) {
  const TempFolder folder;
  Scene scene = default_scene();
  scene.input = noise_stack(40, 3, {50, 50}, 1);
  AppHarness h({1280, 720}, scene);
  h.app().perform(clear_change());
  h.app().perform(SaveScene{folder / "a.json"});
  h.settle();
  EXPECT_FALSE(h.app().document().unsaved());
  EXPECT_EQ(h.app().document().scene().file, folder / "a.json");
}

}  // namespace
}  // namespace convscope::program
