// Figures of the gradients that go backward through a layer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/export/figure_layout.h"
#include "app/export/fonts.h"
#include "app/export/tensor_text.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"

namespace convscope::exports {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// Y = X ⋆ W is the one number 1·5 + 2·6 + 3·7 + 4·8 = 70, so that ∂Y/∂X is W and ∂Y/∂W is X.
Scene one_output() {
  Scene scene = default_scene();
  scene.input.tensor =
      std::make_shared<const Tensor>(Shape{1, 1, 2, 2}, std::vector{1.f, 2.f, 3.f, 4.f});
  ConvolutionLayer& layer = first_layer(scene);
  layer = {.pooled = true};
  layer.kernel.weight = Tensor(Shape{1, 1, 2, 2}, std::vector{5.f, 6.f, 7.f, 8.f});
  layer.pool.options.kernel = {1, 1};
  layer.pool.options.stride = {1, 1};
  return scene;
}

Source backward(const Scene& scene) {
  Source source = source_of(scene);
  go_backward(source);
  return source;
}

const HeatmapBlock& only_plane(const Figure& figure) {
  return std::get<HeatmapBlock>(figure.blocks.front());
}

std::vector<std::string> shown(Panel panel, const Source& source) {
  return texts_of(text_of(svg(panel_figure(panel, source), {})));
}

TEST(GradientFigure, NumbersAreThoseOfTheGradients) {
  const Source source = backward(one_output());
  EXPECT_EQ(csv(panel_plane(Panel::kInputGradient, source)), "5,6\n7,8\n");
  EXPECT_EQ(csv(panel_plane(Panel::kKernelGradient, source)), "1,2\n3,4\n");
  EXPECT_EQ(csv(panel_plane(Panel::kOutputGradient, source)), "1\n");
  const std::vector<std::string> texts = shown(Panel::kInputGradient, source);
  for (const char* text : {"∂L/∂X", "2 × 2", "5", "6", "7", "8"})
    EXPECT_THAT(texts, Contains(text));
}

TEST(GradientFigure, TheShareOfThePaddingIsHatchedAroundAndLeftOutOfData) {
  Scene scene = one_output();
  first_layer(scene).conv.padding = {1, 1, 1, 1};
  const Source source = backward(scene);
  const Figure figure = panel_figure(Panel::kInputGradient, source);
  const HeatmapBlock& block = only_plane(figure);
  EXPECT_EQ(block.tensor->shape(), (Shape{1, 1, 4, 4}));
  EXPECT_THAT(block.hatched.rows, ElementsAre(CellRun{0, 1}, CellRun{3, 1}));
  EXPECT_THAT(block.hatched.columns, ElementsAre(CellRun{0, 1}, CellRun{3, 1}));
  EXPECT_EQ(block.subtitle, "2 × 2");
  EXPECT_EQ(panel_plane(Panel::kInputGradient, source).shape(), (Shape{1, 1, 2, 2}));
}

TEST(GradientFigure, CellsThatReluStopsShowADash) {
  Scene scene = one_output();
  ConvolutionLayer& layer = first_layer(scene);
  layer.relu = true;
  layer.kernel.weight = Tensor(Shape{1, 1, 1, 1}, 1.0f);
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 1, 2}, std::vector{-2.0f, 3.0f});
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = TensorPtr(std::make_shared<const Tensor>(Shape{1, 1, 1, 2}, 4.0f), {});
  const Source source = backward(scene);
  const std::vector<std::string> texts = shown(Panel::kOutputGradient, source);
  EXPECT_THAT(texts, Contains("—"));
  EXPECT_THAT(texts, Contains("4"));
  FigureLook look;
  look.numbers = false;
  const Raster drawn = raster(panel_figure(Panel::kOutputGradient, source), look);
  const int middle = drawn.width / 2;
  EXPECT_NE(pixel(drawn, middle - 24, kPlaneY + 8), pixel(drawn, middle + 24, kPlaneY + 8));
}

TEST(GradientFigure, TheRowIsTheEquationOfTheInputAndBelowItThatOfTheKernel) {
  Scene scene = default_scene();
  scene.backward.cell = Yx{1, 1};
  const Figure row = panel_figure(Panel::kBackward, backward(scene));
  std::vector<std::string> words;
  for (const Block& block : row.blocks) {
    const auto* sign = std::get_if<SignBlock>(&block);
    words.push_back(sign != nullptr ? sign->sign : std::get<HeatmapBlock>(block).title);
  }
  EXPECT_THAT(words, ElementsAre("∂L/∂X", "=", "W", "⋆", "∂L/∂Y", "←", "∂L/∂P", "∂L/∂W", "=",
                                 "Input", "⋆", "∂L/∂Y"));
  EXPECT_THAT(row.rows, ElementsAre(7, 5));
  const FigureLayout layout = lay_out(row, {}, Fonts());
  EXPECT_GT(layout.areas[7].y, layout.areas[0].bottom()) << "the second row is below the first";
  EXPECT_EQ(layout.areas[7].x, layout.areas[0].x);
}

TEST(GradientFigure, WithAStrideTheRowHasTheZerosThatMakeItTrue) {
  Scene scene = default_scene();
  first_layer(scene).conv.stride = {2, 2};
  const Source source = backward(scene);
  const Figure row = panel_figure(Panel::kBackward, source);
  const auto& spread = std::get<HeatmapBlock>(row.blocks[4]);
  EXPECT_THAT(spread.subtitle, HasSubstr("spread"));
  EXPECT_FALSE(spread.hatched.empty());
  EXPECT_EQ(std::get<SignBlock>(row.blocks[10]).note, "dilation 2");
  EXPECT_TRUE(only_plane(panel_figure(Panel::kOutputGradient, source)).hatched.empty());
}

TEST(GradientFigure, TheCellThatIsTheLossIsOutlined) {
  Scene scene = default_scene();
  scene.backward.cell = Yx{1, 0};
  const Figure figure = panel_figure(Panel::kPooledGradient, backward(scene));
  ASSERT_EQ(only_plane(figure).outlines.size(), 1u);
  EXPECT_EQ(only_plane(figure).outlines[0].y, 1);
  EXPECT_EQ(only_plane(figure).outlines[0].x, 0);
}

TEST(GradientFigure, TheErrorOfTheLearningIsASourceToo) {
  Scene scene = default_scene();
  scene.backward.source = GradientSource::kError;
  Source source = source_of(scene);
  learn(source, 3);
  go_backward(source);
  EXPECT_EQ(only_plane(panel_figure(Panel::kKernelGradient, source)).title, "∂L/∂Ŵ");
  const Tensor gradient = panel_plane(Panel::kKernelGradient, source);
  for (std::size_t i = 0; i < gradient.values().size(); ++i)
    EXPECT_NEAR(gradient.values()[i], source.training->gradient.values()[i], 1e-4);
  EXPECT_EQ(error_text([&] { panel_figure(Panel::kPooledGradient, source); }),
            "the loss depends on Y, before the pooling: there is no ∂L/∂P");
}

TEST(GradientFigure, WhatIsMissingIsTold) {
  Source source = source_of(default_scene());
  EXPECT_EQ(error_text([&] { panel_figure(Panel::kBackward, source); }),
            "there are no gradients yet; Backward shows them");
  Scene small = default_scene();
  first_layer(small).kernel.weight = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  EXPECT_THAT(error_text([&] { panel_figure(Panel::kInputGradient, backward(small)); }),
              HasSubstr("there is no gradient: "));
}

}  // namespace
}  // namespace convscope::exports
