// Figures that explain: the learning by its eigenvalues, the kernel by its numbers, the layers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/session/direction_bars.h"
#include "engine/learning/landscape.h"
#include "engine/learning/momentum_map.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"

namespace convscope::exports {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

Source learned(const Scene& scene, Index steps) {
  Source source = source_of(scene);
  learn(source, steps);
  return source;
}

FieldBlock field(Panel panel, const Source& source) {
  return std::get<FieldBlock>(panel_figure(panel, source).blocks.front());
}

std::vector<std::string> shown(Panel panel, const Source& source) {
  return texts_of(text_of(svg(panel_figure(panel, source), {})));
}

// The place of the only mark with this look.
FieldPlace mark(const FieldBlock& block, LegendEntry::Sample sample) {
  for (const FieldMark& each : block.marks)
    if (each.sample == sample) return each.at;
  ADD_FAILURE() << "no such mark";
  return {};
}

TEST(LandscapeFigure, ThePathGoesFromTheStartTowardsTheMinimum) {
  const Source source = learned(default_scene(), 30);
  const FieldBlock block = field(Panel::kLandscape, source);
  const std::vector<FieldPlace>& path = block.lines.back().points;
  EXPECT_THAT(path, SizeIs(source.run.size() + 1)) << "each step, and the present one again";
  const FieldPlace best = mark(block, LegendEntry::Sample::kCross);
  const auto far = [&](const FieldPlace& p) { return std::hypot(p.x - best.x, p.y - best.y); };
  EXPECT_LT(far(path.back()), 0.5 * far(path.front()));
  const FieldPlace start = mark(block, LegendEntry::Sample::kRing);
  EXPECT_EQ(start.x, path.front().x);
  EXPECT_EQ(start.y, path.front().y);
}

TEST(LandscapeFigure, ItIsBrightestAtTheMinimumAndItsAxesAreTheWeights) {
  const Source source = learned(default_scene(), 30);
  const FieldBlock block = field(Panel::kLandscape, source);
  const FieldPlace best = mark(block, LegendEntry::Sample::kCross);
  const Shape& s = block.tensor->shape();
  const auto y = static_cast<Index>((1.0 - best.y) * static_cast<double>(s.h));
  const auto x = static_cast<Index>(best.x * static_cast<double>(s.w));
  EXPECT_EQ(block.tensor->at(y, x), std::ranges::min(block.tensor->values()));
  EXPECT_LT(block.style.hi, block.style.lo) << "bright where it is small";
  EXPECT_EQ(block.x.name, "Ŵ[0, 1]");
  EXPECT_EQ(block.y.name, "Ŵ[0, 0]");
  const std::vector<std::string> texts = shown(Panel::kLandscape, source);
  for (const char* text : {"Ŵ[0, 1] →", "↑ Ŵ[0, 0]", "path", "start", "now", "minimum", "step 30"})
    EXPECT_THAT(texts, Contains(HasSubstr(text)));
}

TEST(LandscapeFigure, ItsTicksStandAtTheirValues) {
  const Source source = learned(default_scene(), 30);
  const FieldBlock block = field(Panel::kLandscape, source);
  const FieldPlace best = mark(block, LegendEntry::Sample::kCross);
  // The best kernel is [1, -1]: its second weight stands on the axis to the right.
  for (const FieldTick& tick : block.x.ticks) {
    if (tick.text == "−1" || tick.text == "−1.0") {
      EXPECT_NEAR(tick.at, best.x, 0.01);
    }
  }
  for (const FieldTick& tick : block.y.ticks) {
    if (tick.text == "1" || tick.text == "1.0") {
      EXPECT_NEAR(tick.at, best.y, 0.01);
    }
  }
  EXPECT_GT(block.x.ticks.size(), 1u);
}

TEST(LandscapeFigure, ItsLinesDoNotLeaveTheField) {
  // This run diverges, and its path leaves the picture.
  Scene scene = default_scene();
  scene.learning.rate = 0.2f;
  const Source source = learned(scene, 40);
  const FieldBlock block = field(Panel::kLandscape, source);
  const auto leaves = [](const FieldPlace& p) { return p.x < 0.0 || p.x > 1.0; };
  ASSERT_TRUE(std::ranges::any_of(block.lines.back().points, leaves));
  const Raster drawn = raster(panel_figure(Panel::kLandscape, source), {});
  for (int y = 60; y < drawn.height - 100; ++y)
    EXPECT_EQ(pixel(drawn, drawn.width - 3, y), pixel(drawn, 1, 1)) << y;
}

TEST(LandscapeFigure, RunsBesideItHaveTheirNames) {
  const Scene scene = shipped("optimizers");
  const Source source = learned(scene, 20);
  EXPECT_THAT(field(Panel::kLandscape, source).lines, SizeIs(scene.learning.compared.size() + 1));
  EXPECT_THAT(shown(Panel::kLandscape, source), Contains("Adam at 0.02"));
}

TEST(LandscapeFigure, ItsAxesCanBeTheSteepestDirections) {
  Source source = learned(default_scene(), 10);
  source.landscape.steepest = true;
  EXPECT_EQ(field(Panel::kLandscape, source).x.name, "steepest");
}

TEST(MomentumFigure, TheCliffTheBestAndThePresentPointAreWhereTheyAre) {
  const Source source = learned(shipped("momentum-valley"), 5);
  const FieldBlock block = field(Panel::kMomentumMap, source);
  const QuadraticAnalysis& spectrum = source.training->analysis->spectrum;
  const MomentumMapAxes axes =
      momentum_map_axes(spectrum.largest, spectrum.smallest, static_cast<double>(source.rate));
  EXPECT_NEAR(block.lines.front().points.front().x, axes.across(2.0 / spectrum.largest), 1e-9)
      << "without momentum the cliff is 2 / λmax";
  const FieldPlace now = mark(block, LegendEntry::Sample::kDot);
  EXPECT_NEAR(now.x, axes.across(static_cast<double>(source.rate)), 1e-9);
  EXPECT_NEAR(now.y, MomentumMapAxes::up(0.9), 1e-6);
  const std::vector<std::string> texts = shown(Panel::kMomentumMap, source);
  for (const char* text : {"rate η →", "↑ momentum β", "0.99", "now: β 0.9, η 0.02"})
    EXPECT_THAT(texts, Contains(text));
  EXPECT_THAT(texts, Contains(HasSubstr("best: β ")));
}

TEST(MomentumFigure, AdamHasNone) {
  Scene scene = default_scene();
  scene.learning.optimizer = OptimizerKind::kAdam;
  const Source source = learned(scene, 2);
  EXPECT_THAT(error_text([&] { panel_figure(Panel::kMomentumMap, source); }),
              HasSubstr("there is no map for Adam"));
}

TEST(DirectionsFigure, BarsAreWhatIsLeftOfTheErrors) {
  Source source = learned(default_scene(), 10);
  const auto bars = [&] {
    return std::get<BarsBlock>(panel_figure(Panel::kDirections, source).blocks.front());
  };
  const std::vector<double>& now = source.training->along;
  const std::vector<double>& start = source.training->analysis->start_along;
  const BarsBlock block = bars();
  ASSERT_THAT(block.bars, SizeIs(now.size()));
  for (std::size_t i = 0; i < now.size(); ++i)
    EXPECT_NEAR(block.bars[i].to, 0.5 + 0.5 * now[i] / start[i], 1e-9);
  EXPECT_THAT(shown(Panel::kDirections, source), Contains("predicted"));
  source.log_directions = true;
  EXPECT_EQ(bars().bars[0].from, 0.0);
  EXPECT_THAT(shown(Panel::kDirections, source), Contains("10⁻³"));
}

TEST(LearningFigures, WithoutALearningTheySayWhy) {
  const Source source = source_of(default_scene());
  for (const Panel panel : {Panel::kLandscape, Panel::kMomentumMap, Panel::kDirections})
    EXPECT_EQ(error_text([&] { panel_figure(panel, source); }), "nothing is learned yet");
}

TEST(KernelFigures, TheFrequencyResponseHasItsAxesItsBarAndItsSentences) {
  const Source source = source_of(shipped("separable-blur"));
  const FieldBlock block = field(Panel::kFrequency, source);
  EXPECT_EQ(block.tensor->at(32, 32), 256.0f) << "the sum of the weights";
  const std::vector<std::string> texts = shown(Panel::kFrequency, source);
  for (const char* text :
       {"fx →", "↓ fy", "−½", "½", "256", "Low frequencies pass best: by 256 at 0."})
    EXPECT_THAT(texts, Contains(text));
}

TEST(KernelFigures, ASeparableKernelIsAColumnTimesARow) {
  const Figure figure = panel_figure(Panel::kSeparable, source_of(shipped("separable-blur")));
  ASSERT_THAT(figure.blocks, SizeIs(5));
  EXPECT_EQ(std::get<SignBlock>(figure.blocks[1]).sign, "=");
  EXPECT_THAT(std::get<HeatmapBlock>(figure.blocks[2]).tensor->values(),
              ElementsAre(1, 4, 6, 4, 1));
  EXPECT_EQ(figure.caption.front(), "Rank 1: separable.");
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 2, 2}, std::vector{1.f, 0.f, 0.f, 1.f});
  const Figure nearest = panel_figure(Panel::kSeparable, source_of(scene));
  ASSERT_THAT(nearest.blocks, SizeIs(7));
  EXPECT_EQ(std::get<SignBlock>(nearest.blocks[1]).sign, "≈");
}

TEST(KernelFigures, TheMatrixRowHasTheWeightsWhereTheCellTakesThem) {
  Source source = source_of(default_scene());
  source.cell = Yx{2, 3};
  const Figure figure = panel_figure(Panel::kMatrixRow, source);
  const Tensor& row = *std::get<HeatmapBlock>(figure.blocks[0]).tensor;
  EXPECT_EQ(row.at(2, 3), 1.0f);
  EXPECT_EQ(row.at(2, 4), -1.0f);
  EXPECT_EQ(std::ranges::count(row.values(), 0.0f), 46);
  EXPECT_THAT(figure.caption, ElementsAre(HasSubstr("Y[2, 3] is row 17 of the 42 × 48 matrix")));
  source.cell.reset();
  EXPECT_EQ(error_text([&] { panel_figure(Panel::kMatrixRow, source); }),
            "no cell of the output is chosen");
}

TEST(ChainFigure, EachLayerIsARowOfItsStages) {
  const Figure figure = panel_figure(Panel::kChain, source_of(shipped("two-layers")));
  std::vector<std::string> words;
  for (const Block& block : figure.blocks) {
    const auto* sign = std::get_if<SignBlock>(&block);
    words.push_back(sign != nullptr ? sign->note : std::get<HeatmapBlock>(block).title);
  }
  EXPECT_THAT(words, ElementsAre("Input", "2 filters 3 × 3", "Conv 1", "max(Y, 0)", "ReLU 1",
                                 "max 2 × 2", "Pool 1", "1 filter 3 × 3", "Conv 2"));
  EXPECT_THAT(figure.rows, ElementsAre(7));
  EXPECT_EQ(std::get<HeatmapBlock>(figure.blocks[2]).subtitle, "2 × 24 × 24 · map 0");
  Scene small = default_scene();
  first_layer(small).kernel.weight = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  EXPECT_THAT(error_text([&] { panel_figure(Panel::kChain, source_of(small)); }),
              HasSubstr("there is no output: "));
}

}  // namespace
}  // namespace convscope::exports
