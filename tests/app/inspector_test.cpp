// The bar with the controls of the selected card: all have room there, and nothing moves with it.
#include <gtest/gtest.h>

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/files/write_file.h"
#include "tests/app/hall.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using ui::Key;

class Inspector : public testing::TestWithParam<std::pair<int, int>> {};

// The controls of every card have room in the inspector.
TEST_P(Inspector, HasTheControlsOfTheSelectedCard) {
  const auto [width, rows] = GetParam();
  Hall h({static_cast<float>(width), static_cast<float>(rows)});
  const std::vector<std::pair<std::string, std::vector<std::string>>> cards = {
      {"input/facts", {"input/pattern", "input/open", "input/size", "input/transpose"}},
      {"kernel/facts", {"kernel/preset", "kernel/edit", "kernel/size", "kernel/bias"}},
      {"output/facts", {"conv/padding", "conv/stride", "conv/more", "output/sweep"}}};
  for (const auto& [facts, controls] : cards) {
    h.click(facts);
    h.frame(2);
    const auto bar = h.rect("inspector");
    for (const std::string& name : controls)
      EXPECT_TRUE(inside(h.rect(name), bar)) << name;
  }
}

// The second row costs heatmaps much of their height, so it is there only where it is needed; a
// photograph has the longest row.
TEST_P(Inspector, HasOneRowWhereThatIsEnough) {
  const auto [width, rows] = GetParam();
  Hall h({static_cast<float>(width), static_cast<float>(rows)});
  const float row = h.app().surface().theme().px(40.0f);
  EXPECT_NEAR(height(h.rect("inspector")), row, 5.0f);
  const TempFolder folder;
  const std::filesystem::path path = folder.path() / "photograph.png";
  write_png(path, std::vector<std::uint8_t>(std::size_t{40} * 30 * 4, 200), 40, 30);
  h.app().drop(std::span(&path, 1));
  h.settle();
  h.app().perform(SelectCard{Card::kInput});
  h.frame(2);
  for (const char* name : {"input/color", "input/size", "input/full-size", "input/paint",
                           "input/brush-size", "input/edit"})
    EXPECT_TRUE(inside(h.rect(name), h.rect("inspector"))) << name;
}

INSTANTIATE_TEST_SUITE_P(Window, Inspector,
                         testing::Values(std::pair{1024, 768}, std::pair{1280, 720},
                                         std::pair{1920, 1080}, std::pair{800, 600}));

// What a card's controls leave free says what the card means.
TEST(Hall, AnInspectorOfTwoRowsHasNoneForNothing) {
  AppHarness h({1024, 768}, default_scene(), {.font_scale = 1.5f});
  for (const auto& [card, note] : std::vector<std::pair<Card, std::string>>{
           {Card::kKernel, "kernel/note"}, {Card::kOutput, "output/formula"}}) {
    h.app().perform(SelectCard{card});
    h.frame(2);
    EXPECT_TRUE(inside(h.rect(note), h.rect("inspector"))) << note;
  }
  h.key(Key::kL);
  h.settle();
  for (const auto& [card, note] : std::vector<std::pair<Card, std::string>>{
           {Card::kLayerInput, "stack/note"}, {Card::kMaps, "maps/note"}}) {
    h.app().perform(SelectCard{card});
    h.frame(2);
    EXPECT_TRUE(inside(h.rect(note), h.rect("inspector"))) << note;
  }
}

// Also those of a sweep, with larger type.
TEST(Hall, TheSweepHasItsControlsInOneRow) {
  AppHarness h({1280, 720}, default_scene(), {.font_scale = 1.5f});
  h.click("output/sweep");
  h.frame(2);
  for (const char* name :
       {"output/settings", "output/sweep/position", "output/sweep/speed", "output/sweep/ghost"})
    EXPECT_TRUE(inside(h.rect(name), h.rect("inspector"))) << name;
}

// The tabs of cards that share a place are their titles, so that planes stand side by side.
TEST(Hall, TabsStandInPlaceOfTheTitle) {
  AppHarness h({1024, 768});
  EXPECT_EQ(h.rect("card/output").min.y, h.rect("card/input").min.y);
  EXPECT_TRUE(inside(h.rect("output/tabs"), h.rect("card/output")));
  EXPECT_NEAR(height(h.rect("output")), height(h.rect("input")), 16.0f);
  h.click("output/tabs/1");
  h.frame(2);
  EXPECT_TRUE(h.has("card/pooled"));
  EXPECT_TRUE(inside(h.rect("output/tabs"), h.rect("card/pooled")));
}

// Names of cards are whole, also where the row is too narrow for what they would like.
TEST(Hall, CardsKeepTheRoomForTheirTitles) {
  constexpr ImWchar kCut = 0x2026;  // …
  AppHarness h({1024, 768}, default_scene(), {.font_scale = 2.0f});
  h.key(Key::kT);
  h.frame(2);
  for (const char* card : {"card/input", "card/kernel", "card/output"})
    EXPECT_FALSE(h.draws(kCut, card)) << card;
}

// Selecting a card and editing it moves nothing.
TEST(Hall, SelectingMovesNothing) {
  Hall h({1280, 720});
  const auto before = h.rect("output/plane");
  for (const char* facts : {"input/facts", "kernel/facts", "pool/facts", "output/facts"}) {
    h.click(facts);
    h.frame(2);
    EXPECT_EQ(h.rect("output/plane").min.x, before.min.x) << facts;
    EXPECT_EQ(h.rect("output/plane").min.y, before.min.y) << facts;
    EXPECT_EQ(h.rect("output/plane").max.y, before.max.y) << facts;
  }
}

}  // namespace
}  // namespace convscope::program
