#include "app/ui/plot.h"

#include <gtest/gtest.h>

#include <array>
#include <cfloat>
#include <cmath>
#include <limits>
#include <span>

#include "app/ui/imgui_shim.h"
#include "app/ui/plot_chart.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

struct PlotFixture {
  UiHarness harness;
  std::vector<double> x, y, predicted;
  std::vector<PlotSeries> series;
  PlotArgs args;
  std::optional<double> hovered;
  ImVec2 drawn_min, drawn_max;  // of all that the chart drew
  int vertices = 0;

  explicit PlotFixture(float scale = 1.0f, ImVec2 size = {400, 300}) : harness({1280, 720}, scale) {
    for (int i = 0; i <= 24; ++i) {
      x.push_back(i);
      y.push_back(30.0 * std::exp(-0.5 * i));
      predicted.push_back(40.0 * std::exp(-0.5 * i));
    }
    args.id = "loss";
    args.size = size;
    args.x_label = "step";
    args.empty_text = "Press Step to see the loss.";
    args.format_point = [](double px, double py) {
      return "step " + std::to_string(static_cast<int>(px)) + " · loss " + std::to_string(py);
    };
    use();
    harness.draw = [this](Ui& ui) {
      ImGui::SetCursorScreenPos({100, 100});
      ImDrawList* list = ImGui::GetWindowDrawList();
      const int before = list->VtxBuffer.Size;
      args.series = series;
      hovered = plot(ui, args).x;
      drawn_min = {FLT_MAX, FLT_MAX};
      drawn_max = {-FLT_MAX, -FLT_MAX};
      vertices = list->VtxBuffer.Size - before;
      for (int i = before; i < list->VtxBuffer.Size; ++i) {
        const ImVec2 p = list->VtxBuffer[i].pos;
        EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
        drawn_min = {std::min(drawn_min.x, p.x), std::min(drawn_min.y, p.y)};
        drawn_max = {std::max(drawn_max.x, p.x), std::max(drawn_max.y, p.y)};
      }
    };
    harness.frame(2);
  }
  void use() {
    series = {{x, y, IM_COL32(0, 0, 255, 255), 2.5f, false, "measured", true},
              {x, predicted, IM_COL32(90, 90, 90, 255), 2.0f, true, "predicted", false}};
  }
  // Texts end a pixel or two beyond their measure.
  void expect_inside() const {
    EXPECT_GE(drawn_min.x, 100 - 2);
    EXPECT_GE(drawn_min.y, 100 - 2);
    EXPECT_LE(drawn_max.x, 100 + args.size.x + 2);
    EXPECT_LE(drawn_max.y, 100 + args.size.y + 2);
  }
};

TEST(Plot, AllIsInsideItsSize) {
  for (const float scale : {1.0f, 1.5f, 3.0f}) {
    PlotFixture f(scale, {400 * scale, 200 * scale});
    f.expect_inside();
    f.harness.move("loss/plot");
    f.harness.frame();
    f.expect_inside();
    EXPECT_TRUE(f.hovered.has_value());
  }
}

TEST(Plot, LabelsThatWouldTouchAreLeftOut) {
  const std::vector<float> at = {100.0f, 95.0f, 88.0f, 80.0f, 60.0f};
  const std::vector<float> lengths(at.size(), 10.0f);
  EXPECT_EQ(labels_apart(at, lengths, 1.0f), (std::vector<std::size_t>{0, 2, 4}));
  EXPECT_TRUE(labels_apart({}, {}, 1.0f).empty());
}

// A low chart has fewer labels, and none over another.
TEST(Plot, LabelsOfALowChartStayApart) {
  // Whether a low axis has room for one round number or for two, and how near those are, depends on
  // where it ends.
  for (const double end : {10.0, 15.0, 20.0, 30.0, 42.0, 70.0}) {
    PlotFixture f;
    const double factor = end / f.y.front();
    for (double& value : f.y)
      value *= factor;
    for (double& value : f.predicted)
      value *= factor;
    for (const bool log : {false, true}) {
      f.args.log_y = log;
      for (float height = 120.0f; height >= 24.0f; height -= 1.0f) {
        f.args.size.y = height;
        f.use();
        f.harness.frame();
        std::vector<std::pair<float, float>> labels;
        for (const auto& [name, rect] : f.harness.items.all())
          if (name.starts_with("loss/y/")) labels.emplace_back(rect.min.y, rect.max.y);
        std::ranges::sort(labels);
        for (std::size_t i = 1; i < labels.size(); ++i)
          EXPECT_GE(labels[i].first, labels[i - 1].second) << height << " of 0 to " << end;
      }
    }
  }
}

TEST(Plot, TellsTheStepUnderThePointer) {
  PlotFixture f;
  EXPECT_FALSE(f.hovered.has_value());
  const auto inside = f.harness.rect("loss/plot");
  f.harness.move(ImVec2{inside.center().x, inside.min.y + 20});
  ASSERT_TRUE(f.hovered.has_value());
  EXPECT_NEAR(*f.hovered, 12.0, 0.05);
  f.harness.move(ImVec2{inside.min.x - 20, inside.center().y});
  EXPECT_EQ(f.hovered, 0.0);
  f.harness.move(ImVec2{inside.max.x + 5, inside.center().y});
  EXPECT_EQ(f.hovered, 24.0);
  f.harness.move(ImVec2{900, 600});
  EXPECT_FALSE(f.hovered.has_value());
}

TEST(Plot, TheSentenceStaysInside) {
  PlotFixture f;
  const auto inside = f.harness.rect("loss/plot");
  const auto all = f.harness.rect("loss");
  for (const float t : {0.0f, 0.03f, 0.5f, 0.97f, 1.0f}) {
    f.harness.move(ImVec2{inside.min.x + t * (inside.max.x - inside.min.x), inside.center().y});
    const auto sentence = f.harness.rect("loss/point");
    EXPECT_GE(sentence.min.x, all.min.x);
    EXPECT_LE(sentence.max.x, all.max.x);
    EXPECT_GE(sentence.min.y, all.min.y);
    EXPECT_LE(sentence.max.y, all.max.y);
  }
}

TEST(Plot, TheSentenceIsNeverCut) {
  const std::string sentence =
      "step 24 · loss 0.000184 · off by 0.00123, a sentence that is wider than its chart";
  for (const ImVec2 size : {ImVec2{150, 120}, ImVec2{400, 300}}) {
    PlotFixture f(1.0f, size);
    f.args.format_point = [&](double, double) { return sentence; };
    const auto inside = f.harness.rect("loss/plot");
    for (const float t : {0.0f, 0.5f, 1.0f}) {
      f.harness.move(ImVec2{inside.min.x + t * (inside.max.x - inside.min.x), inside.center().y});
      const auto shown = f.harness.rect("loss/point");
      const ImFont* font = f.harness.theme.font.small;
      const float width = text_size(font, font_size(font), sentence).x;
      EXPECT_GE(shown.max.x - shown.min.x, width);
      EXPECT_GE(shown.min.x, 0.0f);
      EXPECT_LE(shown.max.x, 1280.0f);
      EXPECT_GE(shown.min.y, 0.0f);
      EXPECT_LE(shown.max.y, 720.0f);
    }
  }
}

TEST(Plot, TheLegendStandsOutsideOfTheAxes) {
  for (const float scale : {1.0f, 1.5f, 2.0f}) {
    for (const ImVec2 size : {ImVec2{400, 300}, ImVec2{400, 130}, ImVec2{250, 110}, ImVec2{600, 80},
                              ImVec2{180, 140}}) {
      PlotFixture f(scale, {size.x * scale, size.y * scale});
      ASSERT_TRUE(f.harness.has("loss/legend")) << size.x << " " << size.y;
      const auto legend = f.harness.rect("loss/legend");
      const auto plot = f.harness.rect("loss/plot");
      const auto all = f.harness.rect("loss");
      EXPECT_TRUE(legend.max.y <= plot.min.y + 1 || legend.min.x >= plot.max.x) << size.y;
      EXPECT_GE(legend.min.x, all.min.x);
      EXPECT_LE(legend.max.x, all.max.x + 1);
      EXPECT_LE(legend.max.y, all.max.y + 1);
      f.expect_inside();
    }
  }
}

TEST(Plot, TellsTheLastPointBesideTheLines) {
  PlotFixture f;
  for (const double slope : {-0.3, 0.3}) {
    for (std::size_t i = 0; i < f.x.size(); ++i) {
      f.y[i] = std::exp(slope * f.x[i]);
      f.predicted[i] = 1.5 * f.y[i];
    }
    f.series[0].x = std::span(f.x).first(15);
    f.series[0].y = std::span(f.y).first(15);
    f.harness.frame();
    const auto inside = f.harness.rect("loss/plot");
    const auto end = f.harness.rect("loss/end");
    EXPECT_GE(end.min.x, inside.min.x);
    EXPECT_LE(end.max.y, inside.max.y);
    // The free sides are left below a falling line's end and left above a rising one's.
    const float x = inside.min.x + (inside.max.x - inside.min.x) * 14 / 24;
    EXPECT_LE(end.max.x, x);
  }
  f.harness.move("loss/plot");
  EXPECT_FALSE(f.harness.items.find("loss/end").has_value());
}

TEST(Plot, SkipsWhatALogarithmicAxisCannotShow) {
  PlotFixture f;
  f.y[0] = 0.0;
  f.y[3] = -1.0;
  f.y[7] = kNan;
  f.y[24] = kInf;
  f.predicted.assign(25, kNan);
  f.harness.frame();
  f.expect_inside();
  f.harness.move("loss/plot");
  EXPECT_TRUE(f.hovered.has_value());
}

TEST(Plot, OnePointIsADot) {
  PlotFixture f;
  f.x = {0};
  f.y = {3};
  f.use();
  f.series.resize(1);
  f.harness.frame();
  EXPECT_GT(f.vertices, 0);
  f.expect_inside();
  f.harness.move("loss/plot");
  EXPECT_TRUE(f.harness.items.find("loss/point").has_value());
}

TEST(Plot, NothingToShowSaysSo) {
  PlotFixture f;
  f.x.clear();
  f.y.clear();
  f.predicted.clear();
  f.use();
  f.harness.frame();
  EXPECT_GT(f.vertices, 0) << "the text";
  EXPECT_FALSE(f.harness.items.find("loss/plot").has_value());
  f.harness.move("loss");
  EXPECT_FALSE(f.hovered.has_value());
  f.x = {0, 1};
  f.y = {kNan, -1};
  f.use();
  f.series.resize(1);
  f.harness.frame();
  EXPECT_FALSE(f.harness.items.find("loss/plot").has_value());
}

TEST(Plot, ThousandsOfSwingingPointsStayFewVertices) {
  PlotFixture f;
  f.x.clear();
  f.y.clear();
  for (int i = 0; i < 4000; ++i) {
    f.x.push_back(i);
    f.y.push_back(i % 2 == 0 ? 1e-6 : 1e6);
  }
  f.predicted = f.y;
  f.use();
  f.harness.frame();
  EXPECT_LT(f.vertices, 32000) << "indices have 16 bits";
  f.expect_inside();
}

TEST(Plot, ExtremeValuesAreDrawn) {
  PlotFixture f;
  for (const bool log : {false, true}) {
    f.args.log_y = log;
    f.x = {0, 1, 2};
    f.y = {1e-300, 1.0, 1e300};
    f.predicted = {5, 5, 5};
    f.use();
    f.harness.frame();
    f.expect_inside();
  }
}

TEST(Plot, TinySizesAreNoError) {
  PlotFixture f;
  for (const ImVec2 size : {ImVec2{0, 0}, ImVec2{20, 20}, ImVec2{60, 300}, ImVec2{400, 30}}) {
    f.args.size = size;
    f.harness.frame();
    f.harness.move(ImVec2{105, 105});
  }
  EXPECT_EQ(f.harness.rect("loss").max.y, 130);
}

TEST(Plot, ALineThatNeedNotBeShownWholeLeavesTheChart) {
  PlotFixture f;
  for (const bool log : {true, false}) {
    f.args.log_y = log;
    f.predicted.assign(f.x.size(), 0.0);
    for (std::size_t i = 0; i < f.x.size(); ++i)
      f.predicted[i] = i == 20 ? 5.0 : 30.0 * std::pow(10.0, static_cast<double>(i));
    f.use();
    f.series[1].all_shown = false;
    f.harness.frame();
    f.expect_inside();
    ASSERT_TRUE(f.harness.items.find("loss/leaves").has_value());
    const auto inside = f.harness.rect("loss/plot");
    EXPECT_FLOAT_EQ(f.harness.rect("loss/leaves").min.y, inside.min.y);
    // Back at step 20 and out again before the next.
    const float step = (inside.max.x - inside.min.x) / 24;
    EXPECT_GE(f.harness.rect("loss/leaves").min.x, inside.min.x + 20 * step - 1e-2f);
    EXPECT_LT(f.harness.rect("loss/leaves").min.x, inside.min.x + 21 * step);
    f.series[1].all_shown = true;
    f.harness.frame();
    EXPECT_FALSE(f.harness.items.find("loss/leaves").has_value());
  }
}

TEST(Plot, WhatIsLittleAboveTheOthersStaysInTheChart) {
  PlotFixture f;
  f.series[1].all_shown = false;  // 40 beside 30
  f.harness.frame();
  EXPECT_FALSE(f.harness.items.find("loss/leaves").has_value());
}

TEST(Plot, TwoLabelledLinesHaveALegend) {
  PlotFixture f;
  const float with = f.harness.rect("loss/plot").min.y;
  f.series[1].label = nullptr;
  f.harness.frame();
  EXPECT_LT(f.harness.rect("loss/plot").min.y, with - 10);
}

}  // namespace
}  // namespace convscope::ui
