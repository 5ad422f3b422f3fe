// The hidden output whose cells are guessed.
#include "app/program/view/predict.h"

#include <gtest/gtest.h>

#include "tests/app/app_harness.h"

namespace convscope::program {
namespace {

using ui::Key;

const ImVec2 kNowhere{5, 5};

TEST(Predict, AGuessIsRightToTheLastDigitThatIsShown) {
  EXPECT_TRUE(is_right(0.333, 1.0f / 3.0f));
  EXPECT_TRUE(is_right(0.3335, 1.0f / 3.0f));
  EXPECT_TRUE(is_right(-0.001, -0.00123f));
  EXPECT_FALSE(is_right(-0.003, -0.00123f));
}

TEST(Predict, OrToOnePercent) {
  EXPECT_TRUE(is_right(101.0, 100.0f));
  EXPECT_TRUE(is_right(-99.0, -100.0f));
  EXPECT_FALSE(is_right(98.9, 100.0f));
  EXPECT_FALSE(is_right(-100.0, 100.0f));
}

TEST(Predict, AWholeNumberIsNotGuessedByItsNeighbourhood) {
  EXPECT_TRUE(is_right(0.0, 0.0f));
  EXPECT_FALSE(is_right(0.4, 0.0f));
  EXPECT_FALSE(is_right(0.0, 1.0f));
  EXPECT_TRUE(is_right(0.0, 1e-8f));  // what single precision leaves of 0
}

class Hidden : public testing::Test {
 protected:
  Hidden() { h.click("output/predict"); }
  const PredictState& predict() { return h.app().view().explore.predict; }
  void guess(Index y, Index x, const std::string& number) {
    h.click(h.cell("output", y, x, 6, 7));
    h.frame(2);
    h.type(number);
    h.key(Key::kEnter);
    h.frame(2);
  }
  bool shown(Index y, Index x) {
    return h.painted(*h.app().live().results()->layers[0].output).reveal.shows(y, x, 7);
  }
  AppHarness h;
};

TEST_F(Hidden, AnEditThatLeavesTheOutputLeavesWhatWasGuessed) {
  guess(2, 1, "1");
  ASSERT_TRUE(shown(2, 1));
  PoolingScene pool = first_layer(h.app().document().scene()).pool;
  pool.options.kind = PoolKind::kAverage;
  h.app().perform(Edit{LayerEdit{0, pool}});
  h.settle();
  EXPECT_TRUE(shown(2, 1));
  KernelScene kernel = first_layer(h.app().document().scene()).kernel;
  kernel.bias = {1.0f};
  h.app().perform(Edit{LayerEdit{0, kernel}});
  h.settle();
  EXPECT_FALSE(shown(2, 1)) << "another output is hidden again";
}

TEST_F(Hidden, NothingIsShownAtFirst) {
  h.frame(2);
  for (Index y = 0; y < 6; ++y) {
    for (Index x = 0; x < 7; ++x)
      EXPECT_FALSE(shown(y, x));
  }
  EXPECT_EQ(h.painted(h.app().live().results()->layers[0].pooled->output).reveal.count, 0);
}

TEST_F(Hidden, AGuessShowsItsCellAndIsCounted) {
  guess(1, 1, "1");
  EXPECT_EQ(score_text(predict()), "1 of 1 right");
  EXPECT_TRUE(shown(1, 1));
  EXPECT_FALSE(shown(1, 2));
  guess(2, 5, "1");  // it is -1
  EXPECT_EQ(score_text(predict()), "1 of 2 right");
  EXPECT_TRUE(shown(2, 5));
  ASSERT_TRUE(predict().last.has_value());
  EXPECT_EQ(predict().last->value, -1.0f);
  EXPECT_FALSE(predict().last->right);
  // The strip explains the cell that was guessed.
  h.move(kNowhere);
  EXPECT_EQ(h.app().view().links.output, (Yx{2, 5}));
}

TEST_F(Hidden, AShownCellIsNotAskedAgain) {
  guess(1, 1, "1");
  h.click(h.cell("output", 1, 1, 6, 7));
  h.frame(2);
  EXPECT_FALSE(h.has("output/guess"));
  EXPECT_EQ(predict().given, 1);
}

TEST_F(Hidden, EscapeAndAClickElsewhereGiveNoGuess) {
  h.click(h.cell("output", 1, 1, 6, 7));
  h.frame(2);
  EXPECT_TRUE(h.has("output/guess"));
  h.type("1");
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.has("output/guess"));
  h.click(h.cell("output", 3, 3, 6, 7));
  h.frame(2);
  h.type("1");
  h.click(kNowhere);
  EXPECT_EQ(predict().given, 0);
  EXPECT_FALSE(shown(1, 1));
  EXPECT_FALSE(shown(3, 3));
}

TEST_F(Hidden, AllIsRevealedAndHiddenAgain) {
  guess(0, 0, "0");
  h.click("output/predict/reveal");
  EXPECT_TRUE(shown(4, 4));
  EXPECT_EQ(h.painted(h.app().live().results()->layers[0].pooled->output).reveal.count,
            ui::HeatmapReveal::kAll);
  EXPECT_EQ(score_text(predict()), "1 of 1 right");
  h.click("output/predict/again");
  EXPECT_FALSE(shown(4, 4));
  EXPECT_FALSE(shown(0, 0));
  EXPECT_EQ(predict().given, 0);
}

TEST_F(Hidden, ANewOutputIsHiddenAndTheScoreStays) {
  guess(1, 1, "1");
  KernelScene kernel = first_layer(h.app().document().scene()).kernel;
  kernel.weight = Tensor::from_rows({{2, -2}});
  h.app().perform(Edit{LayerEdit{0, kernel}});
  h.settle();
  EXPECT_FALSE(shown(1, 1));
  EXPECT_EQ(predict().given, 1);
  guess(1, 1, "2");
  EXPECT_EQ(score_text(predict()), "2 of 2 right");
}

TEST_F(Hidden, LeavingItShowsAll) {
  h.click("output/predict");
  EXPECT_TRUE(shown(4, 4));
}

TEST_F(Hidden, TheSweepEndsIt) {
  h.key(Key::kW);
  EXPECT_FALSE(predict().on);
}

// And the other way round, in a card that has room for both switches.
TEST(Predict, EndsTheSweep) {
  AppHarness h({1920, 1080});
  h.key(Key::kW);
  ASSERT_TRUE(h.app().view().explore.sweep.on);
  h.click("output/predict");
  EXPECT_FALSE(h.app().view().explore.sweep.on);
}

TEST_F(Hidden, CopyingTellsNothing) {
  ImGui::SetClipboardText("before");
  h.move(h.cell("output", 1, 1, 6, 7));
  h.key(Key::kC, true);
  EXPECT_STREQ(ImGui::GetClipboardText(), "before");
}

}  // namespace
}  // namespace convscope::program
