// What a heatmap view hatches, hides and selects.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "app/look/range.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/number_input.h"
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
  f.args.ring = {1, 1, 1, 1};
  f.args.hatched = {{{6, 1}}, {{7, 2}}};
  EXPECT_EQ(f.call().picture.hatched, f.args.hatched);
  EXPECT_GT(f.call().style.hatch_pitch, 0.0f);
}

TEST(HeatmapCover, AFewThinRowsAndColumnsAreWideEnoughToSee) {
  CoverFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));  // ten cells a pixel
  f.args.hatched = {{{2999, 1}}, {{3998, 2}}};
  EXPECT_EQ(f.call().picture.hatched, (CellStrips{{{2960, 40}}, {{3960, 40}}}));
}

TEST(HeatmapCover, ManyRowsAreHatchedWhereTheyCanBeTold) {
  CoverFixture f(Tensor(Shape{1, 1, 3000, 4000}, 0.5f));
  for (Index y = 2; y < 3000; y += 3)
    f.args.hatched.rows.push_back({y, 1});
  EXPECT_TRUE(f.call().picture.hatched.empty());
  for (int i = 0; i < 20; ++i)
    f.harness.wheel(ImVec2{300, 250}, 1.0f);
  const CellStrips seen = f.call().picture.hatched;
  ASSERT_FALSE(seen.rows.empty());
  const HeatmapCrop& crop = f.call().crop;
  for (const CellRun& run : seen.rows) {
    EXPECT_EQ(run.count, 1);
    EXPECT_EQ(run.first % 3, 2);
    EXPECT_GE(static_cast<float>(run.first + 1), crop.y0);
    EXPECT_LE(static_cast<float>(run.first),
              crop.y0 + static_cast<float>(crop.height) * crop.cells_per_pixel + 1.0f);
  }
}

// A cell of two pixels: hundreds of strips can be told, and none is left out.
TEST(HeatmapCover, HundredsOfRowsAndColumnsAreHatched) {
  CoverFixture f(Tensor(Shape{1, 1, 150, 200}, 0.5f));
  for (Index y = 2; y < 150; y += 3)
    f.args.hatched.rows.push_back({y, 1});
  for (Index x = 2; x < 200; x += 3)
    f.args.hatched.columns.push_back({x, 1});
  EXPECT_EQ(f.call().picture.hatched, f.args.hatched);
}

TEST(HeatmapCover, TheValuesOfHiddenCellsShowNowhere) {
  CoverFixture f(digits(0));
  const auto drawn_of = [&](const Tensor& tensor, ImVec2 pointer) {
    f.tensor = tensor;
    f.args.revision = Revision::fresh();
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
  f.tensor.at(5, 7) = -12.0f;  // the widest comes last
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

TEST(HeatmapCover, BothEndsOfTheColorBarHaveTheirNumbers) {
  CoverFixture f(digits(0));
  f.args.size = {300, 328};
  f.args.numbers = false;
  // The glyphs on each side of the bar's middle.
  const auto glyphs = [&](float lo, float hi) {
    f.args.style.lo = lo;
    f.args.style.hi = hi;
    f.harness.frame();
    const auto rect = f.harness.rect("x/bar");
    const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
    std::array<int, 2> corners{};
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
      for (const ImDrawVert& v : data->CmdLists[i]->VtxBuffer) {
        const bool glyph = v.uv.x != white.x || v.uv.y != white.y;
        const float share = (v.pos.x - rect.min.x) / (rect.max.x - rect.min.x);
        if (!glyph || v.pos.y < rect.min.y || v.pos.y > rect.max.y) continue;
        if (share < 0.3f) ++corners[0];
        if (share > 0.7f) ++corners[1];
      }
    }
    return std::array{corners[0] / 4, corners[1] / 4};
  };
  EXPECT_EQ(glyphs(-2.0f, 1.0f), (std::array{2, 1}));
  EXPECT_EQ(glyphs(-3e38f, 3e38f), (std::array{7, 6}));  // −3×10³⁸
  EXPECT_EQ(glyphs(-5e-41f, 5e-41f), (std::array{8, 7}));
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
  // ImGui's rounded corners are as exact as the processor's estimate of a square root's reciprocal,
  // which each maker's processors have otherwise.
  constexpr float kSamePlace = 0.01f;
  EXPECT_NEAR(bar(-0.9625f, 0.9625f), usual, kSamePlace);
  EXPECT_NEAR(bar(-1.25e-7f, 3e12f), usual, kSamePlace);
  EXPECT_NEAR(bar(0.0f, 255.0f), usual, kSamePlace);
}

TEST(HeatmapCover, TheColorBarTellsOfValuesBeyondIt) {
  CoverFixture f(digits(0));
  f.args.data = ValueRange{0.0f, 10.0f};
  const std::size_t within = f.drawn().size();
  f.args.data = ValueRange{0.0f, 11.0f};
  const std::size_t above = f.drawn().size();
  EXPECT_GT(above, within);
  f.args.data = ValueRange{-1.0f, 11.0f};
  EXPECT_GT(f.drawn().size(), above);
  EXPECT_GT(f.call().style.mark_size, 0.0f);
}

// What is wrong with a number is told where the tooltip would be.
TEST(HeatmapCover, WhileANumberIsTypedThereIsNoTooltip) {
  CoverFixture f(digits(0));
  f.harness.move(f.harness.cell("x", 3, 4, 6, 8));
  f.harness.frame();
  const int with = ImGui::GetDrawData()->CmdListsCount;
  begin_typing(f.harness.edit, 1234, "");
  f.harness.frame();
  EXPECT_EQ(ImGui::GetDrawData()->CmdListsCount, with - 1);
}

TEST(HeatmapCover, TheSelectedCellIsOutlined) {
  CoverFixture f(digits(0));
  const std::vector<float> before = f.drawn();
  f.args.selected = Yx{2, 3};
  EXPECT_GT(f.drawn().size(), before.size());
}

}  // namespace
}  // namespace convscope::ui
