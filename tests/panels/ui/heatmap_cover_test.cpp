// What a heatmap view hatches, hides and selects.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/ui/heatmap_view.h"
#include "app/ui/range.h"
#include "ui_harness.h"

namespace convscope::ui {
namespace {

struct CoverFixture {
  UiHarness harness;
  Tensor tensor;
  HeatmapArgs args;
  HeatmapViewState state;
  HeatmapEvent event;

  explicit CoverFixture(Tensor t) : tensor(std::move(t)) {
    args.id = "x";
    args.tensor = &tensor;
    args.size = {400, 328};
    args.symbol = "X";
    args.style = {.lo = 0.0f, .hi = 10.0f};
    harness.draw = [this](Ui& ui) {
      ImGui::SetCursorScreenPos({100, 100});
      event = heatmap_view(ui, args, state);
    };
    harness.frame(2);
  }
  const RecordingPainter::Call& call() {
    harness.frame();
    EXPECT_EQ(harness.painter.calls.size(), 1u);
    return harness.painter.calls.at(0);
  }
  // Everything that ImGui drew, texts included.
  std::vector<float> drawn() {
    harness.frame();
    std::vector<float> vertices;
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
      for (const ImDrawVert& v : data->CmdLists[i]->VtxBuffer)
        vertices.insert(vertices.end(), {v.pos.x, v.pos.y, v.uv.x, v.uv.y});
    }
    return vertices;
  }
};

Tensor digits(Index first) {
  Tensor t(Shape{1, 1, 6, 8});
  for (Index i = 0; i < 48; ++i)
    t.values()[static_cast<std::size_t>(i)] = static_cast<float>((first + i) % 9 + 1);
  return t;
}

TEST(HeatmapCover, HatchesWhatTheCallerSays) {
  CoverFixture f(digits(0));
  const std::vector<CellRange> hatched = {{6, -1, 1, 10}, {-1, 7, 8, 2}};
  f.args.ring = {1, 1, 1, 1};
  f.args.hatched = hatched;
  EXPECT_EQ(f.call().hatched, hatched);
  EXPECT_GT(f.call().style.hatch_pitch, 0.0f);
}

TEST(HeatmapCover, AFewThinRowsAndColumnsAreWideEnoughToSee) {
  CoverFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));  // ten cells a pixel
  const std::vector<CellRange> hatched = {{2999, 0, 1, 4000}, {0, 3998, 3000, 2}};
  f.args.hatched = hatched;
  const std::vector<CellRange> expected = {{2960, 0, 40, 4000}, {0, 3960, 3000, 40}};
  EXPECT_EQ(f.call().hatched, expected);
}

TEST(HeatmapCover, ManyRowsAreHatchedWhereTheyCanBeTold) {
  CoverFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));
  std::vector<CellRange> hatched;
  for (Index y = 2; y < 3000; y += 3)
    hatched.push_back({y, 0, 1, 4000});
  f.args.hatched = hatched;
  EXPECT_TRUE(f.call().hatched.empty());
  for (int i = 0; i < 20; ++i)
    f.harness.wheel(ImVec2{300, 250}, 1.0f);
  const std::vector<CellRange> seen = f.call().hatched;
  ASSERT_FALSE(seen.empty());
  ASSERT_LT(seen.size(), kMostHatched);
  const HeatmapCrop& crop = f.call().crop;
  for (const CellRange& r : seen) {
    EXPECT_EQ(r.h, 1);
    EXPECT_EQ(r.y % 3, 2);
    EXPECT_GE(static_cast<float>(r.y + 1), crop.y0);
    EXPECT_LE(static_cast<float>(r.y),
              crop.y0 + static_cast<float>(crop.height) * crop.cells_per_pixel + 1.0f);
  }
}

TEST(HeatmapCover, TheValuesOfHiddenCellsShowNowhere) {
  CoverFixture f(digits(0));
  const auto drawn_of = [&](const Tensor& tensor, ImVec2 pointer) {
    f.tensor = tensor;
    ++f.args.version;
    f.harness.move(pointer);
    return f.drawn();
  };
  const ImVec2 cell = f.harness.cell("x", 3, 4, 6, 8);
  EXPECT_NE(drawn_of(digits(0), cell), drawn_of(digits(4), cell));
  f.args.reveal.count = 0;
  EXPECT_EQ(drawn_of(digits(0), cell), drawn_of(digits(4), cell));
  Tensor mask(Shape{1, 1, 6, 8});
  mask.at(1, 1) = 1.0f;
  f.args.reveal.mask = {.tensor = &mask};
  EXPECT_NE(drawn_of(digits(0), cell), drawn_of(digits(4), cell));
}

TEST(HeatmapCover, ShowingACellMovesNoOther) {
  CoverFixture f(digits(0));
  f.tensor.at(5, 7) = -1234.5f;  // the widest comes last
  f.args.reveal.count = 47;
  const std::vector<float> before = f.drawn();
  f.args.reveal.count = HeatmapReveal::kAll;
  const std::vector<float> after = f.drawn();
  ASSERT_GT(after.size(), before.size());
  // Up to the last cell, nothing differs: numbers are drawn in reading order.
  const auto [same, rest] = std::ranges::mismatch(before, after);
  EXPECT_GT(same - before.begin(), static_cast<std::ptrdiff_t>(47 * 4 * 4));
}

TEST(HeatmapCover, NumbersHaveOneSizeWhateverTheValues) {
  // Heights of the glyphs of a plane full of one value, all digits as high as each other.
  const auto height = [](float value) {
    CoverFixture f(Tensor(Shape{1, 1, 6, 8}, value));
    f.args.color_bar = false;
    f.harness.frame();
    float tallest = 0.0f;
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
      const ImVector<ImDrawVert>& v = data->CmdLists[i]->VtxBuffer;
      for (int k = 0; k + 3 < v.Size; k += 4)
        tallest = std::max(tallest, v[k + 2].pos.y - v[k].pos.y);
    }
    return tallest;
  };
  const float usual = height(8.0f);
  EXPECT_GT(usual, 8.0f);
  for (const float value : {80.0f, 0.25f, 0.98f, 6.03f, 108.0f})
    EXPECT_NEAR(height(value), usual, 0.3f) << value;
}

TEST(HeatmapCover, TheColorBarKeepsItsPlace) {
  CoverFixture f(digits(0));
  f.args.size = {300, 328};
  // The widths of the bar's quads, whatever its ends are.
  const auto bar = [&](float lo, float hi) {
    f.args.style.lo = lo;
    f.args.style.hi = hi;
    f.args.numbers = false;
    f.harness.frame();
    float left = 1e9f;
    const auto rect = f.harness.rect("x/bar");
    const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
      for (const ImDrawVert& v : data->CmdLists[i]->VtxBuffer) {
        const bool filled = v.uv.x == white.x && v.uv.y == white.y;
        if (filled && v.pos.y > rect.min.y && v.pos.y < rect.max.y && v.pos.x > rect.min.x + 1) {
          left = std::min(left, v.pos.x);
        }
      }
    }
    return left;
  };
  const float usual = bar(0.0f, 1.0f);
  EXPECT_GT(usual, 100.0f);
  EXPECT_LT(usual, 250.0f);
  EXPECT_EQ(bar(-0.9625f, 0.9625f), usual);
  EXPECT_EQ(bar(-1.25e-7f, 3e12f), usual);
  EXPECT_EQ(bar(0.0f, 255.0f), usual);
}

TEST(HeatmapCover, TheSelectedCellIsOutlined) {
  CoverFixture f(digits(0));
  const std::vector<float> before = f.drawn();
  f.args.selected = Yx{2, 3};
  EXPECT_GT(f.drawn().size(), before.size());
}

}  // namespace
}  // namespace convscope::ui
