// The colours of cards follow what they mean: zero keeps its colour, and photographs are grey.
#include <gtest/gtest.h>

#include "app/scene/input_change.h"
#include "app_harness.h"
#include "engine/color/colormap.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::program {
namespace {

using ui::RangeMode;

// What the heatmap of `tensor` was painted with in the last frame.
ui::HeatmapStyle style_of(const AppHarness& app, const Tensor* tensor) {
  for (const auto& call : app.painted()) {
    if (call.picture.values.tensor == tensor) return call.style;
  }
  ADD_FAILURE() << "not painted";
  return {};
}
ui::HeatmapStyle output_style(const AppHarness& app) {
  return style_of(app, app.app().live().results()->layers[0].output.get());
}
ui::HeatmapStyle input_style(const AppHarness& app) {
  return style_of(app, app.app().document().scene().input.tensor.get());
}

void open(AppHarness& app, const char* view) {
  app.click(std::string(view) + "/bar");
  EXPECT_TRUE(app.has("range/popup"));
}

Rgb zero_color(const ui::HeatmapStyle& style) {
  return map_color(style.map, style.lo, style.hi, 0.0f);
}

void set_weight(AppHarness& app, float weight) {
  KernelScene kernel = first_layer(app.app().document().scene()).kernel;
  kernel.weight.at(0, 1) = weight;
  app.app().perform(Edit{LayerEdit{0, kernel}});
  app.settle();
}

TEST(Signs, ZeroKeepsItsColorWhileAWeightIsDraggedThroughIt) {
  for (const ui::MapChoice map : {ui::MapChoice::kAuto, ui::MapChoice::kMagma}) {
    AppHarness app({1280, 720}, default_scene(), {.colors = map});
    const Rgb zero = zero_color(output_style(app));
    for (const float weight : {-1.0f, 0.0f, 0.5f, 1.0f, -3.0f}) {
      set_weight(app, weight);
      EXPECT_EQ(zero_color(output_style(app)), zero) << weight;
    }
  }
}

TEST(Signs, ZeroKeepsItsColorWhenANegativeValueIsPainted) {
  AppHarness app;
  const Rgb zero = zero_color(input_style(app));
  app.app().perform(cell_change(0, {2, 3}, -4.0f));
  app.settle();
  EXPECT_EQ(app.app().document().scene().input.tensor->at(2, 3), -4.0f);
  EXPECT_EQ(zero_color(input_style(app)), zero);
  EXPECT_EQ(input_style(app).map, ColorMap::kViridis);
}

TEST(Signs, AreChosenForAllCardsInThePopup) {
  AppHarness app;
  EXPECT_EQ(input_style(app).map, ColorMap::kViridis);
  EXPECT_EQ(output_style(app).map, ColorMap::kDiverging);
  open(app, "input");
  app.click("range/signs/1");
  EXPECT_EQ(app.app().view().settings.signs, SignChoice::kSigned);
  EXPECT_EQ(input_style(app).map, ColorMap::kDiverging);
  EXPECT_EQ(zero_color(input_style(app)), zero_color(output_style(app)));
  app.click("range/signs/2");
  EXPECT_EQ(output_style(app).map, ColorMap::kViridis);
  EXPECT_EQ(output_style(app).lo, 0.0f);
  app.click("range/signs/0");
  EXPECT_EQ(output_style(app).map, ColorMap::kDiverging);
}

Scene photograph() {
  Scene scene = default_scene();
  Tensor tensor(Shape{1, 1, 40, 50});
  for (Index y = 0; y < 40; ++y) {
    for (Index x = 0; x < 50; ++x)
      tensor.at(y, x) = 0.5f + 0.01f * static_cast<float>((x * 7 + y * 3) % 11);
  }
  tensor.at(20, 25) = 0.0f;  // one strong edge
  tensor.at(20, 26) = 1.0f;
  scene.input.tensor = std::make_shared<const Tensor>(std::move(tensor));
  scene.input.name = "photo.png";
  scene.input.path = "/nowhere/photo.png";
  scene.input.meaning = InputMeaning::kPhotograph;
  return scene;
}

TEST(Photograph, IsGreyAndItsEdgesLeaveOutTheStrongest) {
  AppHarness app({1280, 720}, photograph());
  EXPECT_EQ(input_style(app).map, ColorMap::kGrey);
  const ui::HeatmapStyle edges = output_style(app);
  EXPECT_EQ(edges.map, ColorMap::kDiverging);
  EXPECT_TRUE(edges.percentiles) << "the bar says so";
  EXPECT_LT(edges.hi, 0.2f);
  EXPECT_EQ(edges.lo, -edges.hi);
  open(app, "output");
  app.click("range/ends/0");
  EXPECT_EQ(app.app().view().settings.ranges.at("output").mode, RangeMode::kMinMax);
  EXPECT_EQ(output_style(app).hi, 1.0f);
  EXPECT_FALSE(output_style(app).percentiles);
  app.click("range/ends/1");
  EXPECT_EQ(app.app().view().settings.ranges.at("output").mode, RangeMode::kPercentiles);
  EXPECT_EQ(output_style(app).hi, edges.hi);
}

TEST(Photograph, StaysGreyWhenItIsPaintedOnAndBlurred) {
  AppHarness app({1280, 720}, photograph());
  app.app().perform(cell_change(0, {2, 3}, 1.0f));
  app.settle();
  EXPECT_EQ(app.app().document().scene().input.name, "drawn");
  EXPECT_EQ(input_style(app).map, ColorMap::kGrey);
  KernelScene blur;
  blur.weight = make_kernel("gaussian", {3, 3}, 0);
  blur.preset = "gaussian";
  app.app().perform(Edit{LayerEdit{0, blur}});
  app.settle();
  EXPECT_EQ(output_style(app).map, ColorMap::kGrey);
  EXPECT_EQ(output_style(app).lo, 0.0f);
  app.app().perform(ChooseColors{ui::MapChoice::kMagma});
  app.frame(2);
  EXPECT_EQ(input_style(app).map, ColorMap::kMagma) << "what is chosen holds";
}

TEST(Photograph, OffersMinMaxToo) {
  AppHarness app({1280, 720}, photograph());
  open(app, "input");
  app.click("range/ends/1");
  EXPECT_TRUE(input_style(app).percentiles);
  EXPECT_EQ(input_style(app).lo, 0.5f);
  EXPECT_LT(input_style(app).hi, 0.7f);
  app.click("range/mode/0");
  EXPECT_FALSE(input_style(app).percentiles);
  EXPECT_EQ(input_style(app).lo, 0.0f);
}

}  // namespace
}  // namespace convscope::program
