#include "app/export/panel_figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/error_text.h"
#include "tests/export/export_fixture.h"

namespace convscope::exports {
namespace {

using testing::HasSubstr;

TEST(PanelFigure, ARowIsInputKernelOutputPooled) {
  const Figure row = panel_figure(Panel::kRow, source_of(default_scene()));
  ASSERT_EQ(row.blocks.size(), 7u);
  EXPECT_EQ(std::get<SignBlock>(row.blocks[1]).sign, "⋆");
  EXPECT_EQ(std::get<SignBlock>(row.blocks[3]).sign, "=");
  EXPECT_EQ(std::get<HeatmapBlock>(row.blocks[6]).title, "Pooled");
  EXPECT_EQ(std::get<HeatmapBlock>(row.blocks[4]).subtitle, "Y · 6 × 7");
}

TEST(PanelFigure, EveryPanelHasAFigure) {
  Source source = source_of(shipped("two-layers"));
  learn(source, 5);
  go_backward(source);
  source.cell = Yx{1, 2};
  for (std::size_t i = 0; i < panel_names().size(); ++i) {
    const auto panel = static_cast<Panel>(i);
    const Figure figure = panel_figure(panel, source);
    EXPECT_FALSE(figure.blocks.empty()) << panel_names()[i];
    EXPECT_GT(raster(figure, {}).width, 50) << panel_names()[i];
  }
}

TEST(PanelFigure, PooledValuesHaveTheColoursOfTheOutput) {
  const Source source = source_of(default_scene());
  const Figure output = panel_figure(Panel::kOutput, source);
  const Figure pooled = panel_figure(Panel::kPooled, source);
  EXPECT_EQ(std::get<HeatmapBlock>(output.blocks[0]).style,
            std::get<HeatmapBlock>(pooled.blocks[0]).style);
}

TEST(PanelFigure, RangesAreThoseOfTheScene) {
  Scene scene = default_scene();
  scene.look.ranges = {{"output", RangeKind::kTyped, -4.0f, 8.0f}};
  const Figure figure = panel_figure(Panel::kOutput, source_of(scene));
  const auto& block = std::get<HeatmapBlock>(figure.blocks[0]);
  EXPECT_EQ(block.style.lo, -4.0f);
  EXPECT_EQ(block.style.hi, 8.0f);
}

TEST(PanelFigure, TheExplanationIsTheSumInNumbers) {
  Source source = source_of(default_scene());
  source.cell = Yx{2, 1};
  const Figure figure = panel_figure(Panel::kExplanation, source);
  ASSERT_EQ(figure.caption.size(), 1u);
  EXPECT_EQ(figure.caption[0], "Y[2, 1] = 1·1 + 0·(−1) = 1");
}

TEST(PanelFigure, WhatIsMissingIsTold) {
  Source source = source_of(default_scene());
  EXPECT_THAT(error_text([&] { panel_figure(Panel::kLoss, source); }),
              HasSubstr("nothing is learned yet"));
  source.cell = Yx{6, 0};
  EXPECT_EQ(error_text([&] { panel_figure(Panel::kOutput, source); }),
            "the output has no cell 6,0; its rows are 0 to 5 and its columns 0 to 6");
  EXPECT_THAT(error_text([&] { panel_plane(Panel::kRow, source_of(default_scene())); }),
              HasSubstr("the figure \"row\" has no tensor of its own"));
  Scene small = default_scene();
  first_layer(small).kernel.weight = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  EXPECT_THAT(error_text([&] { panel_figure(Panel::kOutput, source_of(small)); }),
              HasSubstr("there is no output: "));
}

TEST(PanelFigure, TheLossIsDrawnWithItsPrediction) {
  Source source = source_of(default_scene());
  learn(source, 30);
  const Figure figure = panel_figure(Panel::kLoss, source);
  const auto& chart = std::get<ChartBlock>(figure.blocks[0]);
  ASSERT_EQ(chart.series.size(), 2u);
  ASSERT_EQ(chart.series[0].y.size(), 31u);
  for (std::size_t i = 0; i < 31; ++i) {
    EXPECT_NEAR(chart.series[1].y[i] / chart.series[0].y[i], 1.0, 1e-2) << i;
    EXPECT_EQ(chart.series[0].y[i], source.run[i].loss) << i;
  }
}

TEST(PanelFigure, ComparedRunsAreInTheChart) {
  const Scene scene = shipped("optimizers");
  Source source = source_of(scene);
  learn(source, 40);
  const Figure figure = panel_figure(Panel::kLoss, source);
  const auto& chart = std::get<ChartBlock>(figure.blocks[0]);
  ASSERT_EQ(chart.series.size(), 2 + scene.learning.compared.size());
  EXPECT_EQ(chart.series.back().x.back(), 40.0);
}

}  // namespace
}  // namespace convscope::exports
