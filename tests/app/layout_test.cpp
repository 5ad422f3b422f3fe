// Where things stand in the window: what is looked at comes first, whatever the window's size.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "tests/app/hall.h"

namespace convscope::program {
namespace {

using ui::Key;

// A digit or a capital that was drawn: how high it is, and where.
struct DrawnSign {
  float height;
  ImVec2 middle;
};

// Returns the digits and capitals of the last frame, found by their places in the font texture.
std::vector<DrawnSign> drawn_signs() {
  std::map<std::pair<float, float>, float> signs;  // the corner in the texture, the height there
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) {
    for (const ImFontGlyph& glyph : font->Glyphs) {
      const auto c = static_cast<unsigned>(glyph.Codepoint);
      if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) signs[{glyph.U0, glyph.V0}] = glyph.V1;
    }
  }
  std::vector<DrawnSign> drawn;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImVector<ImDrawVert>& vertices = data->CmdLists[i]->VtxBuffer;
    for (int v = 0; v + 3 < vertices.Size; ++v) {
      const ImDrawVert& a = vertices[v];
      const ImDrawVert& c = vertices[v + 2];
      const auto found = signs.find({a.uv.x, a.uv.y});
      if (found == signs.end() || found->second != c.uv.y) continue;
      drawn.push_back(
          {c.pos.y - a.pos.y, {(a.pos.x + c.pos.x) * 0.5f, (a.pos.y + c.pos.y) * 0.5f}});
    }
  }
  return drawn;
}

class Legible : public testing::TestWithParam<std::pair<int, int>> {};

// Digits in cells have 2 % of the window's height, other labels 1.6 %, as a picture has them: to a
// pixel.
TEST_P(Legible, FromTheLastRow) {
  const auto [width, rows] = GetParam();
  const auto full = static_cast<float>(rows);
  Hall h({static_cast<float>(width), full});
  const std::vector<DrawnSign> signs = drawn_signs();
  int in_cells = 0;
  int labels = 0;
  for (const DrawnSign& sign : signs) {
    const bool in_cell = std::ranges::any_of(
        std::array{"input/plane", "output/plane", "pooled/plane", "kernel/weight"},
        [&](const char* plane) {
          return h.has(plane) && inside({sign.middle, sign.middle}, h.rect(plane));
        });
    (in_cell ? in_cells : labels) += 1;
    EXPECT_GE(sign.height, (in_cell ? 0.02f : 0.016f) * full - 1.0f)
        << sign.middle.x << ", " << sign.middle.y;
  }
  EXPECT_GE(in_cells, 6 * 8 + 2 + 6 * 7) << "no cell is left without its number";
  EXPECT_GE(labels, 50);
}

INSTANTIATE_TEST_SUITE_P(Window, Legible,
                         testing::Values(std::pair{1024, 768}, std::pair{1280, 720},
                                         std::pair{1920, 1080}, std::pair{3840, 2160}));

// The errors of 0.02 would all be written as nearly zero in the small cells of the lower row.
TEST(Hall, CellsWhoseNumbersWouldSayNothingHaveNone) {
  AppHarness h({1280, 720}, default_scene(), {.font_scale = 0.8f});
  const auto signs_in_errors = [&] {
    return std::ranges::count_if(drawn_signs(), [&](const DrawnSign& sign) {
      return inside({sign.middle, sign.middle}, h.rect("error/plane"));
    });
  };
  EXPECT_GT(signs_in_errors(), 0) << "the first errors are larger than 1";
  for (int i = 0; i < 14; ++i)
    h.key(Key::kS);
  h.settle();
  EXPECT_EQ(signs_in_errors(), 0);
}

TEST(Hall, HeatmapsHaveMostOfAProjectorsWindow) {
  const Hall h({1280, 720});
  for (const char* heatmap : {"input", "output", "pooled"})
    EXPECT_GE(height(h.rect(heatmap)), 0.6f * 720.0f) << heatmap;
}

// With the learning unfolded they come first, and its chart can still be read.
TEST(Hall, HeatmapsComeBeforeChartsWhereBothAreShown) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    Hall h(size);
    h.key(Key::kT);
    h.key(Key::kS);
    h.settle();
    for (const char* plane : {"input/plane", "output/plane"})
      EXPECT_GE(height(h.rect(plane)), 0.29f * size.y) << plane << " at " << size.y;
    EXPECT_GE(height(h.rect("loss/plot/plot")), 0.12f * size.y) << size.y;
    EXPECT_GE(height(h.rect("error/plane")), 0.12f * size.y) << size.y;
  }
}

// The strip has two lines for a sentence that is too long for one.
TEST(Hall, TheHintInTheStripIsWhole) {
  for (const float font_scale : {1.0f, 1.5f}) {
    Hall h({1024, 768}, font_scale);
    EXPECT_FALSE(h.draws(0x2026, "explanation")) << font_scale;
    h.key(Key::kL);
    h.settle();
    EXPECT_FALSE(h.draws(0x2026, "explanation")) << font_scale << ", of the layers";
  }
}

// A sentence in place of a heatmap has whole lines; the tooltip has what is left out.
TEST(Hall, ASentenceInALowCardHasWholeLines) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 9, 9});
  Hall h({1280, 720}, 2.0f, scene);
  h.key(Key::kT);
  h.frame(2);
  ASSERT_TRUE(h.has("output/notice/text"));
  EXPECT_TRUE(inside(h.rect("output/notice/text"), h.rect("output/notice")));
  EXPECT_TRUE(h.draws(0x2026, "output/notice/text"));
  h.hover("output/notice");
  EXPECT_TRUE(h.has("tooltip"));
}

class OneView : public testing::TestWithParam<std::tuple<std::pair<int, int>, float>> {};

// Input, kernel, output and the explanation are in sight together, in one row, at every size.
TEST_P(OneView, KeepsTheEquationTogether) {
  const auto [size, font_scale] = GetParam();
  const ImVec2 window{static_cast<float>(size.first), static_cast<float>(size.second)};
  Hall h(window, font_scale);
  for (const bool open : {false, true}) {
    if (open) h.key(Key::kT);
    h.frame(2);
    std::vector<std::string> cards = {"card/input", "card/kernel", "card/output", "explanation"};
    for (const char* also : {"card/pooled", "inspector", "top-bar", "lower/handle"}) {
      if (h.has(also)) cards.emplace_back(also);
    }
    EXPECT_EQ(h.rect("card/input").min.y, h.rect("card/kernel").min.y);
    for (std::size_t i = 0; i < cards.size(); ++i) {
      const auto a = h.rect(cards[i]);
      EXPECT_TRUE(inside(a, {{0, 0}, window})) << cards[i];
      EXPECT_GE(height(a), 10.0f) << cards[i];
      EXPECT_GE(a.max.x - a.min.x, 20.0f) << cards[i];
      for (std::size_t j = i + 1; j < cards.size(); ++j)
        EXPECT_TRUE(apart(a, h.rect(cards[j]))) << cards[i] << " and " << cards[j];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Window, OneView,
                         testing::Combine(testing::Values(std::pair{800, 600}, std::pair{1024, 768},
                                                          std::pair{1280, 720},
                                                          std::pair{1920, 1080},
                                                          std::pair{3840, 2160}),
                                          testing::Values(0.6f, 1.0f, 1.5f, 2.0f, 3.0f)));

TEST(Hall, TheLearningFoldsAwayAndComesWhenItIsAsked) {
  Hall h({1280, 720});
  EXPECT_FALSE(h.has("card/learning"));
  const float before = height(h.rect("input"));
  h.click("lower/handle");
  h.frame(2);
  EXPECT_TRUE(h.has("card/learning"));
  EXPECT_LT(height(h.rect("input")), before);
  h.key(Key::kT);
  h.frame(2);
  EXPECT_FALSE(h.has("card/learning"));
  h.key(Key::kS);
  h.settle();
  EXPECT_TRUE(h.has("card/learning"));
  EXPECT_EQ(h.app().live().training().snapshot->step, 1);
}

TEST(Hall, ACardIsEnlargedByItsTitleAndByAKey) {
  Hall h({1280, 720});
  const auto card = h.rect("card/output");
  const float before = card.max.x - card.min.x;
  h.double_click(ImVec2{card.min.x + 30.0f, card.min.y + 16.0f});
  h.frame(2);
  EXPECT_FALSE(h.has("card/input"));
  EXPECT_GT(h.rect("card/output").max.x - h.rect("card/output").min.x, 2.0f * before);
  EXPECT_TRUE(h.has("explanation"));
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_TRUE(h.has("card/input"));
  h.click("kernel/facts");
  h.key(Key::kM);
  h.frame(2);
  EXPECT_TRUE(h.has("card/kernel"));
  EXPECT_FALSE(h.has("card/output"));
  h.key(Key::kM);
  h.frame(2);
  EXPECT_TRUE(h.has("card/output"));
}

TEST(Hall, PresentsTheChosenCardsWithoutBars) {
  Hall h({1280, 720});
  h.key(Key::kF5);
  h.frame(2);
  EXPECT_TRUE(h.app().wants_full_screen());
  for (const char* bar : {"top-bar", "inspector", "lower/handle"})
    EXPECT_FALSE(h.has(bar)) << bar;
  h.key(Key::kFour);
  h.frame(2);
  EXPECT_FALSE(h.has("card/pooled"));
  EXPECT_TRUE(h.has("card/output"));
  h.key(Key::kI);
  h.frame(2);
  EXPECT_TRUE(h.has("inspector"));
  h.key(Key::kFour);
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.app().wants_full_screen());
  EXPECT_TRUE(h.has("top-bar"));
  EXPECT_TRUE(h.has("card/pooled"));
}

TEST(LowerRow, IsAsItWasWhenWhatIsSaidOfTheKernelCloses) {
  Hall h({1280, 720});
  ASSERT_FALSE(h.has("card/learning")) << "it is folded away";
  for (const Key close : {Key::kK, Key::kEscape}) {
    h.key(Key::kK);
    h.frame(3);
    EXPECT_TRUE(h.has("card/about"));
    h.key(close);
    h.frame(3);
    EXPECT_FALSE(h.has("card/about"));
    EXPECT_FALSE(h.has("card/learning")) << "it is folded away again";
  }
  h.key(Key::kT);
  h.key(Key::kK);
  h.key(Key::kK);
  h.frame(3);
  EXPECT_TRUE(h.has("card/learning")) << "it had been unfolded";
}

}  // namespace
}  // namespace convscope::program
