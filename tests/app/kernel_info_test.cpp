// "About this kernel": opened and closed, and what it tells against the engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/program/figures.h"
#include "engine/kernel_info/im2col.h"
#include "engine/kernel_info/kernels.h"
#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using ui::Key;

Scene scene_with(const Tensor& kernel) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = kernel;
  first_layer(scene).kernel.preset = "custom";
  return scene;
}

ViewSettings opened() {
  return {.kernel_info = true};
}

TEST(KernelInfo, AButtonOpensItAndTheLearningComesBack) {
  AppHarness h;
  EXPECT_FALSE(h.has("card/about"));
  h.click("kernel/about");
  EXPECT_TRUE(h.has("card/about"));
  EXPECT_FALSE(h.has("card/learning"));
  for (const char* upper : {"card/input", "card/kernel", "card/output", "explanation"})
    EXPECT_TRUE(h.has(upper)) << upper;
  h.click("about/close");
  EXPECT_FALSE(h.has("card/about"));
  EXPECT_TRUE(h.has("card/learning"));
}

TEST(KernelInfo, TheKeyOpensAndClosesAndSoDoesEscapeButNotTheOtherWayRound) {
  AppHarness h;
  h.key(Key::kK);
  EXPECT_TRUE(h.has("card/about"));
  h.key(Key::kK);
  EXPECT_FALSE(h.has("card/about"));
  h.key(Key::kEscape);
  EXPECT_FALSE(h.has("card/about"));
  h.key(Key::kK);
  h.key(Key::kEscape);
  EXPECT_FALSE(h.has("card/about"));
}

TEST(KernelInfo, TheHoveredOutputCellHasItsRowAndKeepsItWhenThePointerLeaves) {
  AppHarness h({1280, 720}, default_scene(), opened());
  h.move(h.cell("output", 2, 1, 6, 7));
  const std::string row =
      "Y[2, 1] is row 15 of the 42 × 48 matrix; 2 of its 48 numbers are not 0: column 17: 1, "
      "18: −1";
  EXPECT_THAT(figures(h.app()), Contains(HasSubstr(row)));
  h.move({2, 2});
  EXPECT_THAT(figures(h.app()), Contains(HasSubstr(row)));
  EXPECT_THAT(h.app().view().kernel_info.patch, ElementsAre(1, 0));
  h.move(h.cell("output", 5, 6, 6, 7));
  EXPECT_EQ(h.app().view().kernel_info.matrix.row, 41);
}

TEST(KernelInfo, TheRowFollowsThePaddingWithoutThePointer) {
  AppHarness h({1280, 720}, default_scene(), opened());
  ConvScene conv;
  conv.padding = {0, 1, 0, 1};
  conv.padding_mode = PaddingMode::kCircular;
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  EXPECT_THAT(h.app().view().kernel_info.matrix.entries,
              ElementsAre(MatrixEntry{0, -1.0, 1}, MatrixEntry{7, 1.0, 1}));
}

TEST(KernelInfo, TheRowTimesTheInputIsTheOutputOfALayer) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_weight({2, 3, 7, 9}, 5));
  first_layer(scene).kernel.weight = random_weight({4, 3, 3, 2}, 6);
  first_layer(scene).kernel.layer = true;
  first_layer(scene).kernel.bias = {0.5f, -1.0f, 2.0f, 0.25f};
  first_layer(scene).conv.padding = {1, 2, 0, 1};
  first_layer(scene).conv.padding_mode = PaddingMode::kReflect;
  first_layer(scene).conv.stride = {2, 1};
  ViewSettings view = opened();
  view.planes = {1, 2, 3};
  AppHarness h({1920, 1080}, scene, view);
  const Tensor& input = *h.app().document().scene().input.tensor;
  const Tensor& output = *h.app().live().results()->layers[0].output;
  const Shape& out = output.shape();
  const Yx cell{1, 4};
  h.move(h.cell("output", cell.y, cell.x, out.h, out.w));
  const KernelInfo& info = h.app().view().kernel_info;
  EXPECT_EQ(info.kernel, weight_plane(first_layer(scene).kernel.weight, 3, 2));
  EXPECT_EQ(info.matrix.columns, 3 * 7 * 9);
  EXPECT_EQ(info.matrix.row, (3 * out.h + cell.y) * out.w + cell.x);
  double sum = 0.25;
  for (const MatrixEntry& entry : info.matrix.entries)
    sum += entry.value * static_cast<double>(input.data()[info.matrix.columns + entry.column]);
  EXPECT_NEAR(sum, static_cast<double>(output.at(1, 3, cell.y, cell.x)), 1e-5);
  EXPECT_EQ(info.channel, 2);
  EXPECT_EQ(info.weights, info.kernel);
}

TEST(KernelInfo, ASeparableKernelIsShownAsItsTwoKernels) {
  AppHarness h({2560, 1080}, scene_with(make_kernel("sobel-x", {3, 3}, 0)), opened());
  const KernelInfo& info = h.app().view().kernel_info;
  EXPECT_EQ(info.column, Tensor::from_rows({{1}, {2}, {1}}));
  EXPECT_EQ(info.row, Tensor::from_rows({{-1, 0, 1}}));
  EXPECT_EQ(info.product, info.kernel);
  for (const char* item : {"about/column", "about/row", "about/product"})
    EXPECT_TRUE(h.has(item)) << item;
  EXPECT_THAT(figures(h.app()), Contains(HasSubstr("sum 0, sum of |w| 8, norm 3.464")));
  EXPECT_THAT(figures(h.app()), Contains(HasSubstr("left–right antisymmetric, up–down symmetric")));
  EXPECT_THAT(figures(h.app()), Contains(HasSubstr("singular values 3.464, 0, 0")));
}

TEST(KernelInfo, FollowsAnEditAndIsNotComputedAgainWithoutOne) {
  AppHarness h({1280, 720}, scene_with(make_kernel("sobel-x", {3, 3}, 0)), opened());
  const TensorPtr response = h.app().view().kernel_info.response;
  h.move(h.cell("output", 1, 1, 4, 6));
  h.frame(10);
  EXPECT_EQ(h.app().view().kernel_info.response, response);
  h.enter("kernel/weight/0/0", "3");
  EXPECT_NE(h.app().view().kernel_info.response, response);
  EXPECT_EQ(h.app().view().kernel_info.svd.rank, 2);
  EXPECT_EQ(h.app().view().kernel_info.facts.sum, 4.0);
  EXPECT_EQ(h.app().view().kernel_info.frequencies.at_zero, 4.0);
}

TEST(KernelInfo, TheFrequenciesAreDrawnFromNothingToTheLargest) {
  AppHarness h({1920, 1080}, scene_with(make_kernel("box", {5, 5}, 0)), opened());
  const auto plane = h.rect("about/frequency/plane");
  EXPECT_NEAR(plane.max.x - plane.min.x, plane.max.y - plane.min.y, 1.0f);
  EXPECT_TRUE(h.has("about/frequency/bar"));
  const Tensor& response = *h.app().view().kernel_info.response;
  EXPECT_EQ(response.shape(), (Shape{1, 1, 2 * kFrequencySteps + 1, 2 * kFrequencySteps + 1}));
  EXPECT_NEAR(response.at(kFrequencySteps, kFrequencySteps), 1.0f, 1e-6f);
}

TEST(KernelInfo, AColumnOfTheMatrixLinksItsInputCell) {
  AppHarness h({1920, 1080}, default_scene(), opened());
  h.app().perform(EnlargeCard{Card::kAbout});  // the row of the matrix is wrapped like the input
  h.frame(3);
  const auto plane = h.rect("about/matrix");
  const float cell = (plane.max.x - plane.min.x) / 8.0f;
  h.move({plane.min.x + 2.5f * cell, plane.min.y + 1.5f * cell});
  EXPECT_EQ(h.app().view().links, (Links{.input = Yx{1, 2}}));
}

TEST(KernelInfo, APictureOfTheRowHasTheLargestNumberLast) {
  AppHarness h({1280, 720}, scene_with(Tensor::from_rows({{1, -5, 2}})), opened());
  const KernelInfo& info = h.app().view().kernel_info;
  EXPECT_EQ(info.largest, 5.0);
  EXPECT_THAT(info.part,
              ElementsAre(MatrixEntry{0, 1.0, 1}, MatrixEntry{2, 2.0, 1}, MatrixEntry{1, -5.0, 1}));
}

TEST(KernelInfo, WithoutAnOutputTheRestIsStillTold) {
  AppHarness h({1280, 720}, scene_with(make_kernel("gaussian", {9, 9}, 0)), opened());
  EXPECT_FALSE(h.app().live().results()->layers[0].output);
  EXPECT_EQ(h.app().view().kernel_info.svd.rank, 1);
  EXPECT_EQ(h.app().view().kernel_info.matrix.rows, 0);
  EXPECT_FALSE(h.has("about/matrix"));
  h.enter("kernel/size/y", "3");
  EXPECT_EQ(h.app().view().kernel_info.matrix.rows, 0) << "nine columns do not fit into eight";
  h.enter("kernel/size/x", "3");
  EXPECT_EQ(h.app().view().kernel_info.matrix.rows, 24);
}

struct Look {
  ImVec2 size;
  float font_scale;
};

class KernelInfoLook : public testing::TestWithParam<Look> {};

TEST_P(KernelInfoLook, NothingIsCutOffForAnyKernel) {
  const Look& look = GetParam();
  for (const Yx size : {Yx{1, 1}, Yx{1, 9}, Yx{9, 1}, Yx{3, 3}, Yx{7, 5}, Yx{31, 31}}) {
    Scene scene = scene_with(make_kernel("random", size, 3));
    first_layer(scene).conv.padding_choice = PaddingChoice::kSame;
    ViewSettings view = opened();
    view.font_scale = look.font_scale;
    AppHarness h(look.size, scene, view);
    const auto card = h.rect("card/about");
    for (const auto& [name, rect] : h.app().surface().items().all()) {
      if (name.rfind("about/", 0) != 0) continue;
      EXPECT_GE(rect.min.x, card.min.x - 0.5f) << name << ' ' << size.y << ' ' << size.x;
      EXPECT_LE(rect.max.x, card.max.x + 0.5f) << name << ' ' << size.y << ' ' << size.x;
      EXPECT_GE(rect.min.y, card.min.y - 0.5f) << name << ' ' << size.y << ' ' << size.x;
      EXPECT_LE(rect.max.y, card.max.y + 0.5f) << name << ' ' << size.y << ' ' << size.x;
    }
    const auto close = h.rect("about/close");
    EXPECT_GE(close.min.y, 0.0f) << "is in sight";
    EXPECT_LT(close.min.y, look.size.y) << "is in sight";
    EXPECT_TRUE(h.has("about/facts"));
    EXPECT_TRUE(h.has("about/frequency/plane"));
  }
}

INSTANTIATE_TEST_SUITE_P(Window, KernelInfoLook,
                         testing::Values(Look{{1280, 720}, 1.0f}, Look{{1920, 1080}, 1.0f},
                                         Look{{1920, 1080}, 1.4f}, Look{{1024, 768}, 1.0f},
                                         Look{{640, 480}, 1.0f}, Look{{1280, 720}, 3.0f}));

}  // namespace
}  // namespace convscope::program
