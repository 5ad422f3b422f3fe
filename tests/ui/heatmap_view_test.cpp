#include "app/ui/heatmap_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/look/range.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

struct ViewFixture {
  UiHarness harness;
  Tensor tensor;
  HeatmapArgs args;
  HeatmapViewState state;
  HeatmapEvent event;
  std::vector<Yx> clicked;

  explicit ViewFixture(Tensor t, ImVec2 size = {400, 328}) : tensor(std::move(t)) {
    args.id = "x";
    args.tensor = &tensor;
    args.size = size;
    args.symbol = "X";
    harness.draw = [this](Ui& ui) {
      args.style = style_for(tensor, 0, false, MapChoice::kAuto, Signs::kUnsigned);
      ImGui::SetCursorScreenPos({100, 100});
      event = heatmap_view(ui, args, state);
      if (event.clicked) clicked.push_back(*event.clicked);
    };
    harness.frame(2);
  }
  ImVec2 cell(Index y, Index x) {
    return harness.cell("x", y, x, tensor.shape().h, tensor.shape().w);
  }
  HeatmapCrop crop() {
    EXPECT_EQ(harness.painter.calls.size(), 1u);
    return harness.painter.calls.at(0).crop;
  }
};

Tensor counting(Index h, Index w) {
  Tensor t(Shape{1, 1, h, w});
  float value = 0.0f;
  for (float& v : t.values())
    v = value++;
  return t;
}

// Calls `at(place, clip)` for each vertex of this colour in the last frame, in the order of
// drawing.
template <typename At>
void for_vertices(ImU32 color, At at) {
  int place = 0;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int n = 0; n < data->CmdListsCount; ++n) {
    const ImDrawList& list = *data->CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      for (unsigned i = 0; i < command.ElemCount; ++i, ++place) {
        const ImDrawIdx index = list.IdxBuffer[static_cast<int>(command.IdxOffset + i)];
        const ImDrawVert& v = list.VtxBuffer[static_cast<int>(command.VtxOffset + index)];
        if (v.col == color) at(place, command.ClipRect, v.pos);
      }
    }
  }
}

TEST(HeatmapView, ASelectedCellThatIsLinkedIsSeenToBeLinked) {
  ViewFixture f(counting(2, 2));
  const ImU32 linked = f.harness.theme.color.linked;
  const CellOutline outline{1, 1, 1, 1, linked};
  f.args.outlines = {&outline, 1};
  f.args.selected = Yx{1, 1};
  f.harness.frame(2);
  int last_linked = -1;
  int last_selected = -1;
  for_vertices(linked, [&](int place, const ImVec4&, ImVec2) { last_linked = place; });
  for_vertices(f.harness.theme.color.accent,
               [&](int place, const ImVec4&, ImVec2) { last_selected = place; });
  EXPECT_GE(last_selected, 0);
  EXPECT_GT(last_linked, last_selected);
}

TEST(HeatmapView, OutlinesAtTheEdgeOfACardAreNotCut) {
  UiHarness h;
  const Tensor tensor = counting(2, 2);
  const CellOutline all{0, 0, 2, 2, h.theme.color.linked};
  HeatmapViewState state;
  h.draw = [&](Ui& ui) {
    ImGui::SetCursorScreenPos({100, 100});
    ImGui::BeginChild("card", {200, 200}, false, ImGuiWindowFlags_NoBackground);
    HeatmapArgs args;
    args.id = "x";
    args.tensor = &tensor;
    args.size = {200, 200};
    args.color_bar = false;
    args.outlines = {&all, 1};
    heatmap_view(ui, args, state);
    ImGui::EndChild();
  };
  h.frame(2);
  int seen = 0;
  for_vertices(h.theme.color.linked, [&](int, const ImVec4& clip, ImVec2 at) {
    ++seen;
    EXPECT_GE(at.x, clip.x);
    EXPECT_GE(at.y, clip.y);
    EXPECT_LE(at.x, clip.z);
    EXPECT_LE(at.y, clip.w);
  });
  EXPECT_GT(seen, 0);
}

TEST(HeatmapView, PaintsTheWholePlane) {
  ViewFixture f(counting(6, 8));
  const HeatmapCrop crop = f.crop();
  EXPECT_EQ(crop.y0, 0);
  EXPECT_EQ(crop.x0, 0);
  EXPECT_EQ(crop.width, 8 * 50);
  EXPECT_EQ(crop.height, 6 * 50);
  EXPECT_FLOAT_EQ(crop.cells_per_pixel, 1.0f / 50);
  EXPECT_GT(f.harness.painter.calls[0].style.grid_width, 0);
  const auto bar = f.harness.rect("x/bar");
  EXPECT_LE(bar.max.y, 100 + 328);
}

TEST(HeatmapView, OneCell) {
  ViewFixture f(counting(1, 1));
  EXPECT_EQ(f.crop().width, 160);
  f.harness.move(f.cell(0, 0));
  EXPECT_EQ(f.event.hovered, (Yx{0, 0}));
  f.harness.wheel(f.cell(0, 0), 3.0f);
  f.harness.wheel(f.cell(0, 0), -3.0f);
  EXPECT_EQ(f.event.hovered, (Yx{0, 0}));
}

TEST(HeatmapView, OneLongRowIsPanned) {
  ViewFixture f(counting(1, 1000));
  const ImVec2 from = f.cell(0, 8);
  f.harness.move(from);
  EXPECT_EQ(f.event.hovered, (Yx{0, 8}));
  f.harness.drag(from, {from.x - 100, from.y});
  EXPECT_EQ(f.event.hovered, (Yx{0, 8})) << "the cell follows the pointer";
  EXPECT_NEAR(f.cell(0, 8).x, from.x - 100, 0.6);
  EXPECT_TRUE(f.clicked.empty()) << "a drag is no click";
  // To the last cell and not further.
  for (int i = 0; i < 80; ++i)
    f.harness.drag({480, from.y}, {110, from.y}, 0, 2);
  EXPECT_NEAR(f.cell(0, 999).x, 500 - 12, 1);
}

TEST(HeatmapView, ALargePlane) {
  ViewFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));
  HeatmapCrop crop = f.crop();
  EXPECT_EQ(crop.width, 400);
  EXPECT_EQ(crop.height, 300);
  EXPECT_NEAR(crop.cells_per_pixel, 10, 1e-4);
  const ImVec2 at{320.4f, 250.4f};
  f.harness.move(at);
  ASSERT_TRUE(f.event.hovered.has_value());
  const Yx before = *f.event.hovered;
  for (int i = 0; i < 25; ++i)
    f.harness.wheel(at, 1.0f);
  ASSERT_TRUE(f.event.hovered.has_value());
  EXPECT_NEAR(static_cast<double>(f.event.hovered->y), static_cast<double>(before.y), 10);
  EXPECT_NEAR(static_cast<double>(f.event.hovered->x), static_cast<double>(before.x), 10);
  crop = f.crop();
  EXPECT_LT(crop.cells_per_pixel, 0.1f);
  EXPECT_NEAR(crop.x0 + 220.4f * crop.cells_per_pixel,
              static_cast<float>(f.event.hovered->x) + 0.5f, 0.6);
  EXPECT_EQ(crop.width, 400);
}

TEST(HeatmapView, ZoomsAtTheCursorAndFitsAgain) {
  ViewFixture f(counting(6, 8));
  const ImVec2 at = f.cell(4, 6);
  f.harness.wheel(at, 2.0f);
  EXPECT_EQ(f.event.hovered, (Yx{4, 6}));
  EXPECT_NEAR(f.cell(4, 6).x, at.x, 1);
  EXPECT_NEAR(f.cell(4, 6).y, at.y, 1);
  EXPECT_LT(f.crop().cells_per_pixel, 1.0f / 70);
  f.harness.double_click(at);
  EXPECT_TRUE(f.state.view.fitted);
  EXPECT_FLOAT_EQ(f.crop().cells_per_pixel, 1.0f / 50);
}

TEST(HeatmapView, ItsButtonFitsWhatIsZoomed) {
  ViewFixture f(counting(6, 8));
  EXPECT_FALSE(f.harness.has("x/fit"));
  for (const bool paint : {false, true}) {
    f.args.paint = paint;
    f.harness.wheel(f.cell(4, 6), 2.0f);
    ASSERT_TRUE(f.harness.has("x/fit"));
    const auto button = f.harness.rect("x/fit");
    EXPECT_LE(button.max.x, f.harness.rect("x").max.x);
    f.harness.click(button.center());
    EXPECT_TRUE(f.state.view.fitted);
    EXPECT_EQ(f.event.left_down, std::nullopt);
    EXPECT_FALSE(f.harness.has("x/fit"));
  }
  EXPECT_TRUE(f.clicked.empty()) << "the cells under it are not clicked";
}

TEST(HeatmapView, WhatIsPaintedIsFittedByADoubleClickThatDoesNotPaint) {
  ViewFixture f(counting(6, 8));
  f.args.paint = true;
  const ImVec2 at = f.cell(3, 4);
  f.harness.wheel(at, 2.0f);
  f.harness.double_click(at);
  EXPECT_FALSE(f.state.view.fitted) << "it paints";
  f.harness.hold(true, false);
  f.harness.double_click(at);
  f.harness.hold(false, false);
  EXPECT_TRUE(f.state.view.fitted);
  f.harness.wheel(at, 2.0f);
  f.harness.click(at, 2);
  f.harness.press(2);
  f.harness.release(2);
  EXPECT_TRUE(f.state.view.fitted);
}

TEST(HeatmapView, DragMovesThePlaneWithThePointer) {
  ViewFixture f(counting(6, 8));
  f.harness.wheel(f.cell(3, 4), 3.0f);
  const ImVec2 from = f.cell(3, 4);
  const auto before = f.harness.rect("x/plane");
  f.harness.drag(from, {from.x + 60, from.y - 30});
  const auto after = f.harness.rect("x/plane");
  EXPECT_NEAR(after.min.x - before.min.x, 60, 0.6);
  EXPECT_NEAR(after.min.y - before.min.y, -30, 0.6);
  EXPECT_EQ(f.event.hovered, (Yx{3, 4}));
}

TEST(HeatmapView, AFittedPlaneStaysInPlace) {
  ViewFixture f(counting(6, 8));
  const auto before = f.harness.rect("x/plane");
  const ImVec2 from = f.cell(3, 4);
  f.harness.drag(from, {from.x + 60, from.y - 30});
  EXPECT_EQ(f.harness.rect("x/plane").min.x, before.min.x);
  EXPECT_TRUE(f.clicked.empty());
  f.harness.click(f.cell(2, 5));
  EXPECT_EQ(f.clicked, (std::vector<Yx>{{2, 5}}));
}

TEST(HeatmapView, PaintingGivesTheCellsUnderThePointer) {
  ViewFixture f(counting(6, 8));
  f.args.paint = true;
  f.harness.move(f.cell(1, 1));
  f.harness.press();
  EXPECT_TRUE(f.event.pressed);
  EXPECT_EQ(f.event.left_down, (Yx{1, 1}));
  f.harness.move(f.cell(1, 5));
  EXPECT_FALSE(f.event.pressed);
  EXPECT_EQ(f.event.left_down, (Yx{1, 5}));
  f.harness.move(ImVec2{900, 600});
  EXPECT_EQ(f.event.left_down, std::nullopt);
  f.harness.release();
  f.harness.move(f.cell(2, 2));
  EXPECT_EQ(f.event.left_down, std::nullopt);
  f.harness.press(1);
  EXPECT_EQ(f.event.right_down, (Yx{2, 2}));
  f.harness.release(1);
  f.harness.double_click(f.cell(2, 2));
  EXPECT_TRUE(f.state.view.fitted);
}

TEST(HeatmapView, PaintingPansWithControlAndTheMiddleButton) {
  ViewFixture f(counting(6, 8));
  f.args.paint = true;
  f.harness.wheel(f.cell(3, 4), 3.0f);
  const auto before = f.harness.rect("x/plane");
  const ImVec2 from = f.cell(3, 4);
  f.harness.drag(from, {from.x + 40, from.y}, 2);
  EXPECT_NEAR(f.harness.rect("x/plane").min.x - before.min.x, 40, 0.6);
  f.harness.hold(true, false);
  f.harness.drag(from, {from.x - 40, from.y});
  f.harness.hold(false, false);
  EXPECT_NEAR(f.harness.rect("x/plane").min.x, before.min.x, 0.6);
}

TEST(HeatmapView, ValuesThatAreNotFiniteAreShown) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  ViewFixture f(Tensor::from_rows({{nan, inf}, {-inf, 1.0f}}));
  for (Index y = 0; y < 2; ++y) {
    for (Index x = 0; x < 2; ++x) {
      f.harness.move(f.cell(y, x));
      f.harness.frame(2);
      EXPECT_EQ(f.event.hovered, (Yx{y, x}));
    }
  }
  ViewFixture all(Tensor(Shape{1, 1, 3, 3}, nan));
  all.harness.move(all.cell(1, 1));
  EXPECT_EQ(all.event.hovered, (Yx{1, 1}));
}

TEST(HeatmapView, ARingLargerThanThePlaneIsNoError) {
  ViewFixture f(counting(2, 2));
  f.args.ring = {5, 5, 5, 5};
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect,
                                 PaddingMode::kReplicate, PaddingMode::kCircular}) {
    f.args.ring_mode = mode;
    f.harness.frame();
    EXPECT_EQ(f.crop().width, 12 * 25);
    EXPECT_EQ(f.crop().x0, -5.0f);
  }
}

TEST(HeatmapView, AnEmptyTensorIsNoError) {
  ViewFixture f(Tensor{});
  EXPECT_TRUE(f.harness.painter.calls.empty());
  f.args.tensor = nullptr;
  f.harness.draw = [&](Ui& ui) { f.event = heatmap_view(ui, f.args, f.state); };
  f.harness.frame();
  f.harness.move(ImVec2{150, 150});
  EXPECT_FALSE(f.event.hovered.has_value());
}

TEST(HeatmapView, ASmallerTensorInAZoomedViewIsSeen) {
  ViewFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));
  for (int i = 0; i < 30; ++i)
    f.harness.wheel(ImVec2{150, 150}, 1.0f);
  f.tensor = counting(6, 8);
  f.harness.frame();
  EXPECT_LE(1.0f / f.crop().cells_per_pixel, 160.5f);
}

TEST(HeatmapView, TinyAreasAreNoError) {
  ViewFixture f(counting(6, 8));
  for (const ImVec2 size : {ImVec2{0, 0}, ImVec2{1, 500}, ImVec2{500, 1}, ImVec2{-5, -5}}) {
    f.args.size = size;
    f.harness.frame(2);
    EXPECT_GE(f.crop().width, 1);
  }
}

}  // namespace
}  // namespace convscope::ui
