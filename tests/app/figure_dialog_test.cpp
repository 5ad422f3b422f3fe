// Figures that are saved from the window.
#include <gmock/gmock.h>

#include <filesystem>

#include "app/files/arrays/npy.h"
#include "tests/app/app_harness.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using ui::Key;

class FigureDialog : public testing::Test {
 protected:
  // Types a path into the open dialog and presses Enter.
  static void save_as(AppHarness& h, const std::string& path) {
    h.frame(3);
    h.click("figure/path");
    h.key(Key::kA, true);
    h.type(path);
    h.key(Key::kEnter);
    h.settle();
  }
  static void open(AppHarness& h) {
    h.rest();  // keys that closed a dialog go nowhere else
    h.key(Key::kF12, false, true);
    h.frame(3);
  }
  TempFolder folder_;
};

TEST_F(FigureDialog, SavesTheSelectedCardAndTellsIt) {
  AppHarness h;
  open(h);
  ASSERT_TRUE(h.has("figure/path"));
  save_as(h, folder_ / "y.png");
  EXPECT_FALSE(h.has("figure/path")) << "the dialog is done";
  EXPECT_THAT(file_text(folder_ / "y.png"), StartsWith("\x89PNG"));
  EXPECT_THAT(h.app().view().toast.text, HasSubstr("y.png"));
}

TEST_F(FigureDialog, NumbersAreThoseThatTheWindowShows) {
  AppHarness h;
  open(h);
  h.click("figure/format/4");
  save_as(h, folder_ / "y.npy");
  EXPECT_EQ(read_npy(folder_ / "y.npy").tensor, *first_results(h.app().live().results())->output);
  open(h);
  h.click("figure/format/1");
  save_as(h, folder_ / "y");  // gets the format's ending
  const std::string svg = file_text(folder_ / "y.svg");
  EXPECT_THAT(svg, HasSubstr(">Output</text>"));
  EXPECT_THAT(svg, HasSubstr(">−1</text>"));
}

TEST_F(FigureDialog, OpensFromAColourBarAndFromATitle) {
  AppHarness h;
  h.click("pooled/bar");
  h.frame(3);
  h.click("range/save");
  save_as(h, folder_ / "p.svg.png");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "p.svg.png"));
  const ImVec2 card = h.rect("card/kernel").min;
  h.click(ImVec2{card.x + 30.0f, card.y + 12.0f}, 1);
  h.frame(3);
  h.click("figure/format/5");
  save_as(h, folder_ / "w.tex");
  EXPECT_THAT(file_text(folder_ / "w.tex"), HasSubstr("1 & -1"));
}

TEST_F(FigureDialog, TheWholeWindowIsTheNextFrame) {
  AppHarness h;
  h.app().perform(SaveFigure{.panel = "window", .path = folder_ / "w.png"});
  EXPECT_EQ(h.app().take_screenshot_path(), std::filesystem::path(folder_ / "w.png"));
  EXPECT_TRUE(h.app().take_screenshot_path().empty());
}

TEST_F(FigureDialog, WhileTheGradientsAreShownACardIsItsGradient) {
  AppHarness h;
  h.app().perform(ViewCommand::kToggleBackward);
  h.settle();
  const BackwardPtr backward = h.app().live().shared_backward();
  ASSERT_TRUE(backward && !backward->layers.empty());
  const std::vector<std::pair<Card, Tensor>> cards = {{Card::kInput, *backward->layers[0].input},
                                                      {Card::kKernel, backward->layers[0].kernel},
                                                      {Card::kOutput, *backward->layers[0].output},
                                                      {Card::kPooled, *backward->layers[0].pooled}};
  for (const auto& [card, gradient] : cards) {
    h.app().perform(SelectCard{card});
    open(h);
    if (card == Card::kInput) h.click("figure/format/4");
    save_as(h, folder_ / "g.npy");
    if (h.has("figure/warning")) h.click("figure/save");
    h.settle();
    EXPECT_EQ(read_npy(folder_ / "g.npy").tensor, gradient) << static_cast<int>(card);
  }
  h.app().perform(ShowFigureDialog{.panel = "backward"});
  h.frame(3);
  h.click("figure/format/1");
  save_as(h, folder_ / "row.svg");
  EXPECT_THAT(file_text(folder_ / "row.svg"), HasSubstr(">∂L/∂W</text>"));
}

TEST_F(FigureDialog, ACardOfTheLearningProposesTheViewThatItShows) {
  AppHarness h;
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  const std::vector<std::pair<LearningTab, const char*>> tabs = {
      {LearningTab::kLandscape, ">minimum</text>"},
      {LearningTab::kMomentum, ">rate η →</text>"},
      {LearningTab::kDirections, ">Errors along the eigenvectors</text>"}};
  for (const auto& [tab, text] : tabs) {
    h.click("error/view/" + std::to_string(static_cast<int>(tab)));
    h.settle();
    h.app().perform(ShowFigureDialog{.card = Card::kError});
    h.frame(3);
    h.click("figure/format/1");
    const std::string name = "l" + std::to_string(static_cast<int>(tab)) + ".svg";
    save_as(h, folder_ / name);
    EXPECT_THAT(file_text(folder_ / name), HasSubstr(text));
  }
}

TEST_F(FigureDialog, AboutTheKernelIsItsFrequenciesAndTheChainIsAFigure) {
  AppHarness h;
  const std::vector<std::pair<Card, const char*>> cards = {
      {Card::kAbout, ">Frequency response</text>"}, {Card::kChain, ">Conv 1</text>"}};
  for (const auto& [card, text] : cards) {
    h.app().perform(ShowFigureDialog{.card = card});
    h.frame(3);
    h.click("figure/format/1");
    const std::string name = "c" + std::to_string(static_cast<int>(card)) + ".svg";
    save_as(h, folder_ / name);
    EXPECT_THAT(file_text(folder_ / name), HasSubstr(text));
  }
}

TEST_F(FigureDialog, AColourBarOfAGradientOffersThatGradient) {
  AppHarness h;
  h.app().perform(ViewCommand::kToggleBackward);
  h.settle();
  h.click("gradient/input/bar");
  h.frame(3);
  h.click("range/save");
  h.frame(3);
  h.click("figure/format/1");
  save_as(h, folder_ / "x.svg");
  EXPECT_THAT(file_text(folder_ / "x.svg"), HasSubstr(">∂L/∂X</text>"));
}

TEST_F(FigureDialog, AFileThatIsThereIsReplacedByItsButtonOnly) {
  put_text(folder_ / "there.png", "old");
  AppHarness h;
  open(h);
  save_as(h, folder_ / "there.png");
  EXPECT_TRUE(h.has("figure/warning"));
  EXPECT_EQ(file_text(folder_ / "there.png"), "old");
  h.click("figure/save");
  h.settle();
  EXPECT_THAT(file_text(folder_ / "there.png"), StartsWith("\x89PNG"));
}

TEST_F(FigureDialog, WhatFailsIsASentence) {
  AppHarness h;
  h.app().perform(SaveFigure{.panel = "output", .path = folder_ / "none/y.png"});
  h.settle();
  EXPECT_TRUE(h.app().view().message.is_error);
  EXPECT_THAT(h.app().view().message.text, HasSubstr("No such file or directory."));
  h.app().perform(SaveFigure{.panel = "explanation", .path = folder_ / "e.png"});
  h.settle();
  EXPECT_EQ(h.app().view().message.text, "No cell of the output is chosen.");
}

TEST_F(FigureDialog, WhatIsRefusedIsToldInItUntilItIsMended) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 1, 60, 60});
  AppHarness h({1280, 720}, scene);
  open(h);
  h.enter("figure/scale", "16");
  save_as(h, folder_ / "large.png");
  ASSERT_TRUE(h.has("figure/refused")) << "the dialog is there again";
  EXPECT_THAT(h.app().view().message.text, testing::IsEmpty());
  h.enter("figure/scale", "2");
  h.frame(2);
  EXPECT_FALSE(h.has("figure/refused"));
  h.click("figure/save");
  h.settle();
  EXPECT_FALSE(h.has("figure/path"));
  EXPECT_THAT(file_text(folder_ / "large.png"), StartsWith("\x89PNG"));
}

TEST_F(FigureDialog, AFolderThatIsNotThereIsToldBeforeSaving) {
  AppHarness h;
  open(h);
  save_as(h, folder_ / "none/y.png");
  EXPECT_TRUE(h.has("figure/path"));
  EXPECT_TRUE(h.has("figure/refused"));
  EXPECT_TRUE(h.app().view().message.text.empty());
  save_as(h, folder_ / "y.png");
  EXPECT_FALSE(h.has("figure/path"));
  EXPECT_THAT(file_text(folder_ / "y.png"), StartsWith("\x89PNG"));
}

TEST_F(FigureDialog, AnErrorGoesWhenAFigureIsSaved) {
  AppHarness h;
  h.app().perform(SaveFigure{.panel = "output", .path = folder_ / "none/y.png"});
  h.settle();
  ASSERT_TRUE(h.app().view().message.is_error);
  h.app().perform(SaveFigure{.panel = "output", .path = folder_ / "y.png"});
  h.settle();
  EXPECT_TRUE(h.app().view().message.text.empty());
}

TEST_F(FigureDialog, AnAnimationOfTheSweepHasTheFramesThatAreAskedFor) {
  AppHarness h;
  h.app().perform(ShowFigureDialog{.panel = "sweep"});
  h.frame(3);
  ASSERT_TRUE(h.has("figure/rate"));
  save_as(h, folder_ / "s.gif");
  EXPECT_THAT(file_text(folder_ / "s.gif"), StartsWith("GIF89a"));
  EXPECT_THAT(h.app().view().toast.text, HasSubstr("Saved 42 frames as ")) << "6 x 7 cells";
  h.app().perform(SaveFigure{.panel = "sweep", .path = folder_ / "few.gif", .frames = 3});
  h.settle();
  EXPECT_THAT(h.app().view().toast.text, HasSubstr("Saved 3 frames as "));
  EXPECT_LT(file_text(folder_ / "few.gif").size(), file_text(folder_ / "s.gif").size());
}

TEST_F(FigureDialog, AnAnimationOfTheLearningNeedsStepsAndIsNumberedPictures) {
  AppHarness h;
  h.app().perform(TrainingCommand::kStep);
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  h.app().perform(ShowFigureDialog{.panel = "learn"});
  h.frame(3);
  h.click("figure/motion/1");
  EXPECT_FALSE(h.has("figure/rate")) << "pictures have no speed";
  save_as(h, folder_ / "l.png");
  EXPECT_EQ(folder_.names(), (std::vector<std::string>{"l-0001.png", "l-0002.png", "l-0003.png"}))
      << "before the first step, and after each";
  EXPECT_THAT(h.app().view().toast.text, HasSubstr("l-0001.png to "));
}

TEST_F(FigureDialog, APictureOfAnyFrameThatIsThereIsReplacedByItsButtonOnly) {
  put_text(folder_ / "s-0005.png", "old");
  put_text(folder_ / "s-9.png", "not one of its names");
  AppHarness h;
  h.app().perform(ShowFigureDialog{.panel = "sweep"});
  h.frame(3);
  h.click("figure/motion/1");
  save_as(h, folder_ / "s.png");
  EXPECT_TRUE(h.has("figure/warning"));
  EXPECT_EQ(file_text(folder_ / "s-0005.png"), "old");
  h.click("figure/save");
  h.settle();
  EXPECT_THAT(file_text(folder_ / "s-0005.png"), StartsWith("\x89PNG"));
  EXPECT_EQ(file_text(folder_ / "s-9.png"), "not one of its names");
}

TEST_F(FigureDialog, TheTitleIsAboveTheFigure) {
  AppHarness h;
  open(h);
  h.click("figure/format/1");
  h.click("figure/title");
  h.type("Edges & more");
  save_as(h, folder_ / "t.svg");
  EXPECT_THAT(file_text(folder_ / "t.svg"), HasSubstr(">Edges &amp; more</text>"));
}

TEST_F(FigureDialog, ClicksInItDoNothingToTheCardsBehind) {
  AppHarness h;
  open(h);
  const Card selected = h.app().view().cards().selected;
  h.click("figure/panel");
  h.frame(3);
  EXPECT_EQ(h.app().view().cards().selected, selected);
  h.key(Key::kEscape);
  h.frame(3);
  const float y = h.rect("figure/save").center().y;
  const float right = h.rect("figure/path").max.x;
  for (float x = h.find("figure/cancel").max.x + 10.0f; x < right; x += 40.0f) {
    for (const int button : {0, 0, 1}) {
      h.click(ImVec2{x, y}, button);
      h.frame();
      EXPECT_EQ(h.app().view().cards().selected, selected) << x;
      EXPECT_FALSE(h.app().view().cards().enlarged) << x;
    }
  }
}

TEST_F(FigureDialog, NothingThatIsToBePredictedIsGivenAway) {
  AppHarness h;
  h.click("output/predict");
  h.settle();
  h.app().perform(SaveFigure{.panel = "output", .path = folder_ / "y.png"});
  h.settle();
  EXPECT_FALSE(std::filesystem::exists(folder_ / "y.png"));
  EXPECT_THAT(h.app().view().message.text, HasSubstr("to be predicted"));
}

}  // namespace
}  // namespace convscope::program
