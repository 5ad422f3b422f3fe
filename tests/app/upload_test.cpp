// What is uploaded of a plane that changes in some cells. The harness's painter checks in all tests
// that no other cell has changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "app/scene/input_change.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

Scene noise_scene() {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {200, 300}, 1));
  scene.input.name = "noise";
  first_layer(scene).kernel.weight = make_kernel("sobel-x", {3, 3}, 0);
  return scene;
}

// Cells of the input, the output and the pooled plane.
struct Uploaded {
  Index input = 0, output = 0, pooled = 0;
};

Uploaded uploaded(const AppHarness& h) {
  const Results& results = *h.app().live().results();
  return {h.uploaded(*h.app().document().scene().input.tensor),
          h.uploaded(*results.layers[0].output), h.uploaded(results.layers[0].pooled->output)};
}

// Frame by frame, so that what is taken up is also shown.
void show_results(AppHarness& h) {
  const auto shown = [&] { return h.app().live().results()->scene.input.tensor; };
  for (int i = 0; i < 100000 && shown() != h.app().document().scene().input.tensor; ++i)
    h.frame();
  ASSERT_EQ(shown(), h.app().document().scene().input.tensor);
}

TEST(Upload, AStrokeTakesItsCellsAndThoseThatItReaches) {
  AppHarness h({1280, 720}, noise_scene());
  h.take_brush();
  std::mt19937 random(3);
  const auto place = [&](Index n) {
    return std::uniform_int_distribution<Index>(20, n - 21)(random);
  };
  for (int i = 0; i < 6; ++i) {
    const Uploaded before = uploaded(h);
    const TensorPtr input = h.app().document().scene().input.tensor;
    const Yx from{place(200), place(300)};
    h.drag(h.input_cell(from.y, from.x), h.input_cell(from.y + 4, from.x - 6), i % 2, 3);
    show_results(h);
    ASSERT_NE(h.app().document().scene().input.tensor, input);
    const Uploaded after = uploaded(h);
    EXPECT_GT(after.input, before.input);
    // Three pieces of a line, each with a rectangle of its own.
    EXPECT_LE(after.input - before.input, 4 * 5 * 7);
    EXPECT_GT(after.output, before.output);
    EXPECT_LE(after.output - before.output, 8 * 10 * 12);
    EXPECT_LE(after.pooled - before.pooled, 8 * 6 * 7);
  }
}

TEST(Upload, SeveralEditsInAFrameAndUndoTakeTheCellsThatDiffer) {
  AppHarness h({1280, 720}, noise_scene());
  const auto edit = [&](Index at) { h.app().perform(cell_change(0, {at, at}, 5.0f)); };
  const Uploaded before = uploaded(h);
  edit(50);
  show_results(h);
  const Uploaded one = uploaded(h);
  EXPECT_EQ(one.input - before.input, 1);
  EXPECT_LE(one.output - before.output, 9);
  edit(90);
  edit(140);  // in the same frame
  show_results(h);
  const Uploaded two = uploaded(h);
  EXPECT_EQ(two.input - one.input, 51 * 51);
  EXPECT_LE(two.output - one.output, 53 * 53);
  h.app().perform(Undo{});
  show_results(h);
  const Uploaded back = uploaded(h);
  EXPECT_EQ(back.input - two.input, 1);
  EXPECT_LE(back.output - two.output, 9);
}

TEST(Upload, AnotherPoolingLeavesTheOutputWhereItIs) {
  AppHarness h({1280, 720}, noise_scene());
  const Uploaded before = uploaded(h);
  PoolingScene pool = first_layer(h.app().document().scene()).pool;
  pool.options.kind = PoolKind::kAverage;
  h.app().perform(Edit{LayerEdit{0, pool}});
  h.settle();
  const Uploaded after = uploaded(h);
  EXPECT_EQ(after.output, before.output);
  EXPECT_EQ(after.pooled - before.pooled,
            h.app().live().results()->layers[0].pooled->output.numel());
}

TEST(Upload, AWeightChangesAll) {
  AppHarness h({1280, 720}, noise_scene());
  const Uploaded before = uploaded(h);
  KernelScene kernel = first_layer(h.app().document().scene()).kernel;
  kernel.weight.at(0, 0) = 0.3f;
  h.app().perform(Edit{LayerEdit{0, kernel}});
  h.settle();
  const Uploaded after = uploaded(h);
  EXPECT_EQ(after.input, before.input);
  EXPECT_GT(after.output - before.output,
            h.app().live().results()->layers[0].output->numel() * 9 / 10);
}

}  // namespace
}  // namespace convscope::program
