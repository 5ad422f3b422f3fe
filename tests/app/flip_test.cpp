// The switches between cross-correlation and convolution, and between X and its transpose.
#include <gtest/gtest.h>

#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

Scene scene_with(const Tensor& kernel) {
  Scene scene = default_scene();
  Tensor input(Shape{1, 1, 7, 9});
  float next = 0.0f;
  for (float& v : input.values())
    v = next = next * 0.5f + 1.0f - 3.0f * (next > 1.5f ? 1.0f : 0.0f);
  scene.input.tensor = std::make_shared<const Tensor>(std::move(input));
  scene.input.name = "drawn";
  first_layer(scene).kernel.weight = kernel;
  first_layer(scene).kernel.preset = "custom";
  return scene;
}

const Tensor kKernel = Tensor::from_rows({{1, 2, -3}, {0.5f, 4, 7}});

// By the definition: (X ∗ K)[y, x] = Σ X[y + kh − 1 − v, x + kw − 1 − u] K[v, u].
float convolved(const Tensor& input, const Tensor& kernel, Index y, Index x) {
  const Shape& k = kernel.shape();
  double sum = 0.0;
  for (Index v = 0; v < k.h; ++v) {
    for (Index u = 0; u < k.w; ++u) {
      sum += static_cast<double>(input.at(y + k.h - 1 - v, x + k.w - 1 - u)) *
             static_cast<double>(kernel.at(v, u));
    }
  }
  return static_cast<float>(sum);
}

TEST(Flip, GivesTheConvolutionAndBack) {
  AppHarness h({1280, 720}, scene_with(kKernel));
  const Scene before = h.app().document().scene();
  const Tensor correlated = *h.app().live().results()->layers[0].output;
  h.click("top/flip");
  h.settle();
  EXPECT_TRUE(first_layer(h.app().document().scene()).kernel.turned);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight,
            Tensor::from_rows({{7, 4, 0.5f}, {-3, 2, 1}}));
  const Tensor output = *h.app().live().results()->layers[0].output;
  ASSERT_EQ(output.shape(), correlated.shape());
  EXPECT_NE(output, correlated);
  for (Index y = 0; y < output.shape().h; ++y) {
    for (Index x = 0; x < output.shape().w; ++x)
      EXPECT_NEAR(output.at(y, x), convolved(*before.input.tensor, kKernel, y, x), 1e-4f);
  }
  h.click("top/flip");
  h.settle();
  EXPECT_EQ(h.app().document().scene(), before);
  EXPECT_EQ(*h.app().live().results()->layers[0].output, correlated);
}

TEST(Flip, TurnsEveryPlaneOfALayer) {
  Scene scene = default_scene();
  first_layer(scene).kernel.layer = true;
  first_layer(scene).kernel.weight = random_weight(Shape{3, 1, 2, 3}, 5);
  first_layer(scene).kernel.bias = {0, 0, 0};
  AppHarness h({1280, 720}, scene);
  h.key(Key::kF);
  const Tensor& turned = first_layer(h.app().document().scene()).kernel.weight;
  for (Index n = 0; n < 3; ++n) {
    for (Index y = 0; y < 2; ++y) {
      for (Index x = 0; x < 3; ++x)
        EXPECT_EQ(turned.at(n, 0, y, x), first_layer(scene).kernel.weight.at(n, 0, 1 - y, 2 - x));
    }
  }
}

TEST(Flip, IsOneStepOfUndo) {
  AppHarness h({1280, 720}, scene_with(kKernel));
  const Scene before = h.app().document().scene();
  h.key(Key::kF);
  const Scene after = h.app().document().scene();
  EXPECT_NE(after, before);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().document().scene(), before);
  h.key(Key::kZ, true, true);
  EXPECT_EQ(h.app().document().scene(), after);
}

TEST(Flip, AKernelChosenByNameIsTurnedToo) {
  AppHarness h;
  h.key(Key::kF);
  const auto presets = kernel_presets();
  for (std::size_t i = 0; i < presets.size(); ++i) {
    h.click("kernel/preset");
    h.click("kernel/preset/" + std::to_string(i));
    const KernelScene& kernel = first_layer(h.app().document().scene()).kernel;
    EXPECT_TRUE(kernel.turned);
    const Shape& s = kernel.weight.shape();
    Tensor expected = make_kernel(presets[i].name, {s.h, s.w}, kernel.seed);
    flip_both(expected);
    EXPECT_EQ(kernel.weight, expected) << presets[i].name;
  }
}

TEST(Flip, IsDrawnOverAMomentWhileTheSceneChangesAtOnce) {
  AppHarness h({1280, 720}, scene_with(kKernel));
  h.frame(60);
  EXPECT_FALSE(h.app().animating());
  h.app().perform(Edit{LayerEdit{0, rotated_180(first_layer(h.app().document().scene()).kernel)}});
  h.app().settle();
  h.frame();
  EXPECT_TRUE(first_layer(h.app().document().scene()).kernel.turned);
  EXPECT_TRUE(h.app().animating());
  h.frame(30);  // half a second
  EXPECT_FALSE(h.app().animating());
}

TEST(Flip, ReducedMotionShowsItAtOnce) {
  AppHarness h({1280, 720}, scene_with(kKernel), {.reduced_motion = true});
  h.frame(60);
  h.app().perform(Edit{LayerEdit{0, rotated_180(first_layer(h.app().document().scene()).kernel)}});
  h.app().perform(Edit{transposed(h.app().document().scene().input)});
  h.app().settle();
  h.frame();
  EXPECT_FALSE(h.app().animating());
}

TEST(Transpose, SwapsRowsAndColumnsAndBack) {
  AppHarness h({1280, 720}, scene_with(kKernel));
  const Scene before = h.app().document().scene();
  h.click("input/transpose");
  h.settle();
  const InputScene& input = h.app().document().scene().input;
  EXPECT_TRUE(input.transposed);
  ASSERT_EQ(input.tensor->shape(), (Shape{1, 1, 9, 7}));
  for (Index y = 0; y < 9; ++y) {
    for (Index x = 0; x < 7; ++x)
      EXPECT_EQ(input.tensor->at(y, x), before.input.tensor->at(x, y));
  }
  h.click("input/transpose");
  h.settle();
  EXPECT_FALSE(h.app().document().scene().input.transposed);
  EXPECT_EQ(*h.app().document().scene().input.tensor, *before.input.tensor);
}

TEST(Transpose, IsOneStepOfUndo) {
  AppHarness h;
  const Scene before = h.app().document().scene();
  h.click("input/transpose");
  const Scene after = h.app().document().scene();
  EXPECT_NE(after, before);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().document().scene(), before);
  h.key(Key::kZ, true, true);
  EXPECT_EQ(h.app().document().scene(), after);
}

TEST(Transpose, IsDrawnOverAMoment) {
  AppHarness h;
  h.frame(60);
  h.app().perform(Edit{transposed(h.app().document().scene().input)});
  h.app().settle();
  h.frame();
  EXPECT_TRUE(h.app().animating());
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{1, 1, 8, 6}));
  h.frame(30);
  EXPECT_FALSE(h.app().animating());
}

TEST(Transpose, APatternStaysTransposedWhenItsSizeChanges) {
  AppHarness h;
  h.click("input/transpose");
  h.enter("input/size/y", "10");
  const InputScene& input = h.app().document().scene().input;
  EXPECT_TRUE(input.transposed);
  EXPECT_EQ(input.name, "edge");
  ASSERT_EQ(input.tensor->shape(), (Shape{1, 1, 10, 6}));
  for (Index y = 0; y < 10; ++y) {
    for (Index x = 1; x < 6; ++x)  // rows of one value each: the edge lies down
      EXPECT_EQ(input.tensor->at(y, x), input.tensor->at(y, 0));
  }
}

}  // namespace
}  // namespace convscope::program
