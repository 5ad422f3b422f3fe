// Drawing, kernels and settings by mouse and keyboard; what follows is asserted on tensors.
#include <gmock/gmock.h>

#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/app/app_harness.h"
#include "tests/app/expect_consistent.h"
#include "tests/engine/testing.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(Window, OpensOnTheNotebooksExperiment) {
  AppHarness h;
  EXPECT_EQ(
      *h.app().live().results()->layers[0].output,
      Tensor(Shape{1, 1, 6, 7},
             std::vector<float>{0, 1, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0,
                                0, 1, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0}));
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output.shape(), (Shape{1, 1, 3, 3}));
}

TEST(Input, NothingIsLostOfANumberThatIsTypedOverACell) {
  AppHarness h;
  const auto typed = [&](const std::string& text) {
    h.move(h.input_cell(3, 3));
    h.type(text);
    h.key(Key::kEnter);
    h.settle();
    return h.app().document().scene().input.tensor->at(3, 3);
  };
  EXPECT_EQ(typed("1e3"), 1e3f);
  EXPECT_EQ(typed("1e-3"), 1e-3f);
  EXPECT_EQ(typed("1/4"), 0.25f);
  EXPECT_EQ(typed("99999999"), 99999999.0f);
}

TEST(Input, AStrokeSetsTheCellsBetweenItsEnds) {
  AppHarness h;
  h.take_brush();
  h.drag(h.input_cell(1, 2), h.input_cell(1, 5));
  const Tensor& input = *h.app().document().scene().input.tensor;
  for (Index x = 2; x <= 5; ++x)
    EXPECT_EQ(input.at(1, x), 1.0f) << x;
  EXPECT_EQ(input.at(0, 3), 0.0f);
  EXPECT_EQ(h.app().document().scene().input.name, "drawn");
  expect_consistent(h);
}

TEST(Input, TheRightButtonErases) {
  AppHarness h;
  h.take_brush();
  h.drag(h.input_cell(0, 0), h.input_cell(2, 0), 1);
  const Tensor& input = *h.app().document().scene().input.tensor;
  for (Index y = 0; y <= 2; ++y)
    EXPECT_EQ(input.at(y, 0), 0.0f);
  EXPECT_EQ(input.at(3, 0), 1.0f);
}

TEST(Input, AStrokeIsOneStepOfUndo) {
  AppHarness h;
  const Tensor before = *h.app().document().scene().input.tensor;
  h.take_brush();
  h.drag(h.input_cell(1, 2), h.input_cell(4, 5));
  const Tensor after = *h.app().document().scene().input.tensor;
  EXPECT_NE(after, before);
  h.key(Key::kZ, true);
  EXPECT_EQ(*h.app().document().scene().input.tensor, before);
  h.key(Key::kZ, true, true);
  EXPECT_EQ(*h.app().document().scene().input.tensor, after);
}

TEST(Input, ANumberTypedOverACellGoesIntoIt) {
  AppHarness h;
  h.move(h.input_cell(2, 3));
  h.type("0.25");
  h.key(Key::kEnter);
  EXPECT_EQ(h.app().document().scene().input.tensor->at(2, 3), 0.25f);
  expect_consistent(h);
}

TEST(Input, TheBrushPaintsItsValueAndSize) {
  AppHarness h;
  h.take_brush();
  h.enter("input/brush", "0.5");
  h.enter("input/brush-size", "2");
  h.click(h.input_cell(2, 3));
  const Tensor& input = *h.app().document().scene().input.tensor;
  EXPECT_EQ(input.at(2, 3), 0.5f);
  EXPECT_EQ(input.at(3, 4), 0.5f);
  EXPECT_EQ(input.at(4, 4), 0.0f);
}

TEST(Input, TransposedInputGivesNoEdges) {
  AppHarness h;
  h.click("input/transpose");
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{1, 1, 8, 6}));
  for (const float v : h.app().live().results()->layers[0].output->values())
    EXPECT_EQ(v, 0.0f);
}

TEST(Input, SizeIsChangedByTypingAndKeepsThePattern) {
  AppHarness h;
  h.enter("input/size/y", "12");
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{1, 1, 12, 8}));
  EXPECT_EQ(h.app().document().scene().input.name, "edge");
  expect_consistent(h);
}

TEST(Input, ASizeOfTooManyValuesIsRefused) {
  Scene scene = default_scene();
  scene.input.name = "drawn";
  scene.input.tensor = std::make_shared<const Tensor>(Shape{256, 300, 1, 64});
  first_layer(scene).kernel.weight = Tensor({1, 1, 1, 1});
  AppHarness h({1280, 720}, scene);
  h.enter("input/size/y", "64");
  EXPECT_EQ(h.app().document().scene().input.tensor, scene.input.tensor);
  EXPECT_EQ(h.app().view().message.text,
            "At 64 × 64 the input would have 314 572 800 values; at most 268 435 456 are "
            "accepted: take a smaller size or fewer pictures.");
}

// The change that was given up was the first of its gesture.
TEST(Input, AStrokeThatGoesOnAfterUndoIsAStepOfItsOwn) {
  Scene scene = default_scene();
  scene.input.name = "drawn";
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 600, 600});  // for the worker
  AppHarness h({1280, 720}, scene);
  h.app().perform(Edit{LayerEdit{0, rotated_180(first_layer(scene).kernel)}});
  const Scene before = h.app().document().scene();
  h.app().perform(paint_change({0, {1, 1}, {1, 1}, 1, 1.0f}, false));
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene(), before);
  h.app().perform(paint_change({0, {1, 1}, {1, 2}, 1, 1.0f}, true));
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->at(1, 2), 1.0f);
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene(), before);
}

TEST(Input, EveryPatternOfTheMenuIsMade) {
  AppHarness h;
  for (int i = 0; i < 6; ++i) {
    h.click("input/pattern");
    h.click("input/pattern/" + std::to_string(i));
    expect_consistent(h);
  }
  EXPECT_EQ(h.app().document().scene().input.name, "noise");
}

TEST(Kernel, DraggingAWeightChangesTheOutput) {
  AppHarness h;
  const ImVec2 at = h.rect("kernel/weight/0/1").center();
  h.drag(at, {at.x, at.y - 40});
  EXPECT_GT(first_layer(h.app().document().scene()).kernel.weight.at(0, 1), -1.0f);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.preset, "custom");
  expect_consistent(h);
  h.key(Key::kZ, true);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, Tensor::from_rows({{1, -1}}));
}

TEST(Kernel, AWeightIsTyped) {
  AppHarness h;
  h.enter("kernel/weight/0/0", "2.5");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.at(0, 0), 2.5f);
  expect_consistent(h);
}

TEST(Kernel, AWeightIsScrolled) {
  AppHarness h;
  h.wheel("kernel/weight/0/0", 1.0f);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.at(0, 0), 1.0f);
  h.click("kernel/weight/0/0");
  h.wheel("kernel/weight/0/0", 1.0f);
  EXPECT_GT(first_layer(h.app().document().scene()).kernel.weight.at(0, 0), 1.0f);
}

TEST(Kernel, EveryPresetOfTheMenuIsTaken) {
  AppHarness h;
  const auto presets = kernel_presets();
  for (std::size_t i = 0; i < presets.size(); ++i) {
    h.click("kernel/preset");
    h.click("kernel/preset/" + std::to_string(i));
    EXPECT_EQ(first_layer(h.app().document().scene()).kernel.preset, presets[i].name);
    expect_consistent(h);
  }
}

TEST(Kernel, FlipNegatesTheEdgeKernel) {
  AppHarness h;
  h.click("kernel/edit");
  h.click("kernel/edit/0");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, Tensor::from_rows({{-1, 1}}));
  expect_consistent(h);
}

TEST(Kernel, ResizingKeepsTheCentreAndFillsWithZeros) {
  AppHarness h;
  h.enter("kernel/size/y", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            Tensor::from_rows({{0, 0}, {1, -1}, {0, 0}}));
  expect_consistent(h);
}

TEST(Kernel, BiasIsAdded) {
  AppHarness h;
  h.enter("kernel/bias", "0.5");
  h.settle();
  EXPECT_EQ(h.app().live().results()->layers[0].output->at(0, 0), 0.5f);
  EXPECT_EQ(h.app().live().results()->layers[0].output->at(0, 1), 1.5f);
}

TEST(Convolution, StrideAndPaddingChangeTheSize) {
  AppHarness h;
  h.enter("conv/stride/y", "2");
  h.enter("conv/stride/x", "3");
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 3, 3}));
  h.enter("conv/padding/x", "2");
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 3, 4}));
  expect_consistent(h);
}

TEST(Convolution, SamePaddingKeepsTheSize) {
  AppHarness h;
  h.click("conv/more");
  h.click("conv/padding-choice");
  h.click("conv/padding-choice/1");
  h.settle();
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 6, 8}));
  expect_consistent(h);
}

TEST(Convolution, ASettingWithoutOutputSaysSoInPlaceAndLosesNothing) {
  AppHarness h;
  const Tensor input = *h.app().document().scene().input.tensor;
  h.click("conv/more");
  h.enter("conv/dilation/x", "20");
  EXPECT_EQ(h.app().live().results()->layers[0].output, nullptr);
  EXPECT_FALSE(h.app().live().results()->layers[0].output_error.empty());
  EXPECT_TRUE(h.has("output/notice"));
  EXPECT_TRUE(h.has("pooled/notice"));
  EXPECT_EQ(*h.app().document().scene().input.tensor, input);
  h.enter("conv/dilation/x", "1");
  expect_consistent(h);
  EXPECT_FALSE(h.has("output/notice"));
}

TEST(Convolution, TransposedIsTheReferenceAndOneStepToUndo) {
  AppHarness h;
  h.enter("conv/stride/y", "2");
  h.enter("conv/stride/x", "3");
  const Scene before = h.app().document().scene();
  h.click("conv/more");
  h.click("conv/transposed");
  h.settle();
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 11, 23}));
  expect_consistent(h);
  h.enter("conv/output-padding/x", "2");
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 1, 11, 25}));
  expect_consistent(h);
  h.app().perform(Undo{});
  h.app().perform(Undo{});
  EXPECT_EQ(h.app().document().scene(), before);
}

TEST(Convolution, ALayersFiltersAreTransposedWithIt) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 2, 6, 7}, 1));
  first_layer(scene).kernel.layer = true;
  first_layer(scene).kernel.weight = random_tensor({3, 2, 2, 3}, 2);
  fit_channels(scene);
  AppHarness h({1280, 720}, scene);
  h.click("conv/more");
  h.click("conv/transposed");
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            with_channels_swapped(first_layer(scene).kernel.weight));
  EXPECT_EQ(h.app().live().results()->layers[0].output->shape(), (Shape{1, 3, 7, 9}));
  h.click("conv/transposed");
  h.settle();
  EXPECT_EQ(h.app().document().scene(), scene);
}

}  // namespace
}  // namespace convscope::program
