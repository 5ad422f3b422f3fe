// Questions of a lesson: nothing gives the answer away until it is given.
#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using testing::Not;
using ui::Key;

// The second step of the lesson about cross-correlation asks for a sum, which is 25.
TEST(LessonQuestions, HideTheirAnswerWhereverThePointerIs) {
  LessonWindow h(shipped_lesson("4"), 1);
  ASSERT_TRUE(h.lectern().any_open());
  EXPECT_FALSE(h.has("card/output"));
  const auto items = h.app().surface().items().all();
  for (const auto& [name, rect] : items) {
    h.move(rect.center());
    EXPECT_FALSE(draws_word("25")) << name << ": " << drawn_text();
    EXPECT_FALSE(draws_word("19")) << name << ": the output's other cells are hidden too";
  }
  EXPECT_THAT(h.app().title(), Not(HasSubstr("25")));
  for (const auto& call : h.painted())
    EXPECT_NE(call.picture.values.tensor, first_results(h.app().live().results())->output.get());
}

TEST(LessonQuestions, AreNotAnsweredBesideAChangedScene) {
  LessonWindow h(shipped_lesson("4"), 1);
  ASSERT_TRUE(h.has("lesson/reveal/0"));
  h.key(Key::kF);  // turns the kernel
  h.settle();
  EXPECT_FALSE(h.has("lesson/reveal/0"));
  EXPECT_THAT(drawn_text(), HasSubstr("The scene was changed"));
  h.click("lesson/put-back/0");
  h.settle();
  EXPECT_TRUE(h.has("lesson/reveal/0"));
  EXPECT_EQ(h.app().document().scene(), h.lectern().step().scene);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_TRUE(h.has("lesson/put-back/0")) << "putting it back can be undone";
}

TEST(LessonQuestions, HoldTheGradientsBackUntilTheyAreAnswered) {
  LessonWindow h(shipped_lesson("4"), 1);
  ASSERT_TRUE(h.lectern().any_open());
  h.key(Key::kB);
  h.settle();
  EXPECT_FALSE(h.app().view().settings.backward);
  h.click("lesson/reveal/0");
  h.settle();
  h.key(Key::kB);
  h.settle();
  ASSERT_FALSE(h.lectern().any_open());
  EXPECT_TRUE(h.app().view().settings.backward);
}

TEST(LessonQuestions, HideTheirAnswerOnTheOtherPageAndInTheLowerRow) {
  LessonWindow h(shipped_lesson("4"), 1);
  for (const Page page : {Page::kLayers, Page::kKernel}) {
    h.app().perform(ShowPage{page});
    h.settle();
    EXPECT_FALSE(draws_word("25")) << drawn_text();
    EXPECT_FALSE(draws_word("37")) << drawn_text();
    for (const Card card : {Card::kOutput, Card::kPooled, Card::kMaps, Card::kFacts, Card::kSum}) {
      if (page_of(card) != page) continue;
      h.app().perform(SelectCard{card});
      h.frame(3);
      h.app().perform(EnlargeCard{card});
      h.settle();
      EXPECT_FALSE(draws_word("25")) << drawn_text();
      h.app().perform(EnlargeCard{card});
    }
  }
}

TEST(LessonQuestions, KeepBackLiveValuesOfTheSameInTheTextAndTheirTooltips) {
  LessonWindow h(lesson_from(
      "# A\n\n## One\n\n```scene\nfirst-sum\n```\n\nCells {input[2, 2] = 8}, {output[0, 0] = 19}, "
      "{pooled.max} and {output.shape}.\n\n```predict\nquestion: The first cell?\n"
      "answer: output[0, 0] = 19\n```\n\nBehind.\n"));
  const std::string before = drawn_text();
  EXPECT_THAT(before, HasSubstr("Cells 8 , ? , ? and ? ."));
  EXPECT_THAT(before, Not(HasSubstr("Behind.")));
  for (const char* value : {"output[0, 0]", "output.shape"}) {
    h.hover("lesson/value/" + std::string(value));
    EXPECT_FALSE(draws_word("19")) << drawn_text();
    EXPECT_THAT(drawn_text(), HasSubstr("Kept back"));
  }
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("Cells 8 , 19 ,"));
  EXPECT_THAT(drawn_text(), HasSubstr("Behind."));
}

TEST(LessonQuestions, AreAnsweredInAFieldAndThenExplained) {
  LessonWindow h(shipped_lesson("4"), 1);
  EXPECT_TRUE(h.has("lesson/goes-on"));
  h.click("lesson/typed/0");
  h.type("25");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_FALSE(h.lectern().any_open());
  EXPECT_TRUE(h.lectern().question(0).right.value_or(false));
  EXPECT_TRUE(h.has("lesson/result/0") || draws_word("✓"));
  EXPECT_TRUE(h.has("card/output"));
  EXPECT_FALSE(h.has("lesson/goes-on"));
  EXPECT_THAT(drawn_text(), HasSubstr("1/1 right"));
}

TEST(LessonQuestions, AWrongAnswerTellsTheRightOneAndCounts) {
  LessonWindow h(shipped_lesson("4"), 1);
  h.click("lesson/typed/0");
  h.type("24");
  h.click("lesson/give/0");
  h.settle();
  EXPECT_EQ(h.lectern().score().given, 1);
  EXPECT_EQ(h.lectern().score().right, 0);
  EXPECT_TRUE(draws_word("✗"));
  EXPECT_TRUE(draws_word("25"));
}

TEST(LessonQuestions, TheAnswerIsShownWithoutAScoreToWhoAsksForIt) {
  LessonWindow h(shipped_lesson("4"), 1);
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_EQ(h.lectern().score().given, 0);
  EXPECT_TRUE(draws_word("25"));
}

TEST(LessonQuestions, HaveLargeButtonsForChoices) {
  LessonWindow h(lesson_from(kThreeSteps), 2);
  ASSERT_TRUE(h.has("lesson/answer/0/1"));
  const auto button = h.rect("lesson/answer/0/0");
  EXPECT_GE(button.max.y - button.min.y, h.app().surface().theme().px(40.0f));
  h.click("lesson/answer/0/0");
  h.settle();
  EXPECT_TRUE(h.lectern().question(0).right.value_or(false));
}

TEST(LessonQuestions, OneThatSupposesSomethingElseWaitsUntilItIsWanted) {
  LessonWindow h(lesson_from(kThreeSteps), 2);
  h.click("lesson/answer/0/0");
  h.settle();
  EXPECT_TRUE(h.has("card/output"));
  h.click("lesson/ask/1");
  h.settle();
  EXPECT_FALSE(h.has("card/output"));
  EXPECT_FALSE(draws_word("19"));
  h.click("lesson/typed/1");
  h.type("19");
  h.key(Key::kEnter);
  h.settle();
  EXPECT_EQ(h.lectern().score().right, 2);
}

TEST(LessonQuestions, AKeyOpensAllOfThemAgain) {
  LessonWindow h(shipped_lesson("4"), 1);
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_FALSE(h.lectern().any_open());
  h.key(Key::kF6);
  h.settle();
  EXPECT_TRUE(h.lectern().any_open());
  EXPECT_FALSE(draws_word("25"));
}

TEST(LessonQuestions, AskedAnewTheyHaveTheSceneOfTheirStepAgain) {
  LessonWindow h(shipped_lesson("4"), 1);
  h.click("lesson/reveal/0");
  h.settle();
  ConvScene conv = first_layer(h.scene()).conv;
  conv.padding = {3, 3, 3, 3};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  h.key(Key::kF6);
  h.settle();
  EXPECT_TRUE(h.lectern().any_open());
  EXPECT_EQ(h.scene(), h.lectern().step().scene);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.padding(), 3) << "it is undone like going back to the author's scene";
  EXPECT_EQ(h.step(), 1u);
}

TEST(LessonQuestions, AskingAnewKeepsTheSceneOfAStepWithoutQuestions) {
  LessonWindow h;
  h.key(Key::kF);
  const Scene played = h.scene();
  h.key(Key::kF6);
  h.settle();
  EXPECT_EQ(h.scene(), played);
}

TEST(LessonQuestions, KeepTheirAnswersWhenTheReaderGoesOnAndBack) {
  LessonWindow h(shipped_lesson("4"), 1);
  h.click("lesson/reveal/0");
  h.key(Key::kPageDown);
  h.key(Key::kPageUp);
  h.settle();
  EXPECT_FALSE(h.lectern().any_open());
}

// Draws the output's first cell, 19, in a question's explanation, in its question and behind both.
LessonPtr explained_lesson(std::string_view control = "") {
  return lesson_from(
      "# A\n\n## One\n\n```scene\nfirst-sum\n```\n\n```predict\n"
      "question: How many of {input.size}?\noptions: four | five\nanswer: four\n"
      "explain: Explained {output[0, 0]} of {output.count}" +
      std::string(control) + ".\n```\n\nBehind {output[0, 0]}.\n\n## Two\n");
}

void pad_by_one(LessonWindow& h) {
  ConvScene conv = first_layer(h.scene()).conv;
  conv.padding = {1, 1, 1, 1};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
}

TEST(LessonQuestions, AreExplainedInTheSceneThatTheyWereAbout) {
  LessonWindow h(explained_lesson());
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("Explained 19 of 4"));
  pad_by_one(h);
  EXPECT_THAT(drawn_text(), HasSubstr("Explained 19 of 4"));
  EXPECT_THAT(drawn_text(), HasSubstr("Behind 0")) << "the other text follows";
  h.key(Key::kPageDown);
  h.settle();
  h.key(Key::kZ, true);
  h.settle();
  ASSERT_EQ(h.step(), 0u);
  ASSERT_EQ(h.padding(), 1);
  EXPECT_THAT(drawn_text(), HasSubstr("Explained 19 of 4"))
      << "also where the window has never had the step's scene";
}

TEST(LessonQuestions, FollowTheSceneWhereTheirExplanationHasAControl) {
  LessonWindow h(explained_lesson(" at {padding: 0..3}"));
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("Explained 19 of 4"));
  pad_by_one(h);
  EXPECT_THAT(drawn_text(), HasSubstr("Explained 0 of 16"));
}

TEST(LessonQuestions, KeepTheLearnedValuesThatTheyWereAbout) {
  LessonWindow h(
      lesson_from("# A\n\n## One\n\n```show\nsteps: 2\n```\n\n```predict\nquestion: How far?\n"
                  "options: near | far\nanswer: near\nexplain: Done {learning.step}.\n```\n"));
  h.click("lesson/reveal/0");
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("Done 2 ."));
  h.app().perform(TrainingCommand::kStep);
  h.settle();
  ASSERT_EQ(h.app().live().training().snapshot->step, 3);
  EXPECT_THAT(drawn_text(), HasSubstr("Done 2 ."));
}

constexpr std::string_view kWinner =
    "# A\n\n## One\n\n```scene\nsame\n```\n\n```predict\nquestion: Which cell wins?\n"
    "answer: pooled[0, 0].winner = (0, 1)\n```\n";

TEST(LessonQuestions, KeepTheTabsOfACardThatIsKeptBack) {
  LessonWindow h(lesson_from(kWinner), 0, {1180, 700});
  ASSERT_TRUE(h.has("output/tabs"));
  EXPECT_TRUE(h.has("card/output"));
  h.click("output/tabs/1");
  h.frame(3);
  EXPECT_TRUE(h.has("kept-back/Pooled"));
  EXPECT_FALSE(h.has("card/output"));
  ASSERT_TRUE(h.has("output/tabs/0"));
  h.click("output/tabs/0");
  h.frame(3);
  EXPECT_TRUE(h.has("card/output"));
}

TEST(LessonQuestions, AboutParametersKeepBackTheCostsAndNotTheOutput) {
  LessonWindow h(lesson_from(
      "# A\n\n## One\n\n```scene\nfirst-sum\n```\n\n{layer.parameters}, {output[0, 0]}.\n\n"
      "```predict\nquestion: How many parameters?\nhide: facts\n"
      "answer: layer.parameters = 5\n```\n"));
  EXPECT_TRUE(h.has("card/output"));
  EXPECT_THAT(drawn_text(), HasSubstr("? , 19 ."));
  h.app().perform(ShowPage{Page::kLayers});
  h.settle();
  EXPECT_TRUE(h.has("card/layer-maps"));
  h.app().perform(SelectCard{Card::kFacts});
  h.frame(3);
  EXPECT_FALSE(h.has("card/layer-facts"));
  EXPECT_TRUE(h.has("kept-back/Size and cost"));
}

}  // namespace
}  // namespace convscope::program
