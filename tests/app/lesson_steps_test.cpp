// The steps of a lesson in the window: on and back, played with and as the author left it, undo.
#include <set>

#include "tests/app/lesson_window.h"

namespace convscope::program {
namespace {

using testing::HasSubstr;
using testing::Not;
using ui::Key;

TEST(LessonSteps, AStepPutsItsSceneAndItsPageInPlace) {
  LessonWindow h;
  EXPECT_EQ(h.step(), 0u);
  EXPECT_EQ(h.scene(), h.lectern().step().scene);
  EXPECT_TRUE(h.has("lesson"));
  EXPECT_TRUE(h.has("card/output"));
  EXPECT_FALSE(h.has("card/pooled")) << "the step shows three cards";
  h.app().perform(ShowLesson{shipped_lesson("1"), 2});
  h.settle();
  EXPECT_EQ(h.app().view().settings.page, Page::kLayers);
  EXPECT_EQ(h.step(), 2u);
}

TEST(LessonSteps, PageDownAndPageUpGoOnAndBackAlsoWithShift) {
  LessonWindow h;
  h.key(Key::kPageUp);
  EXPECT_EQ(h.step(), 0u);
  h.key(Key::kPageDown);
  EXPECT_EQ(h.step(), 1u);
  EXPECT_EQ(h.padding(), 1);
  h.key(Key::kPageDown, false, true);
  h.key(Key::kPageDown);
  EXPECT_EQ(h.step(), 2u) << "the last one";
  h.key(Key::kPageUp, false, true);
  EXPECT_EQ(h.step(), 1u);
}

TEST(LessonSteps, AHeatmapThatHasTheKeyboardIsZoomedByThesePages) {
  LessonWindow h;
  for (int i = 0; i < 60; ++i) {
    h.key(Key::kTab);
    const auto stop = h.app().surface().focus().shown_stop();
    if (stop && stop->kind == ui::StopKind::kCells) break;
  }
  ASSERT_EQ(h.app().surface().focus().shown_stop()->kind, ui::StopKind::kCells);
  h.key(Key::kPageDown);
  EXPECT_EQ(h.step(), 0u);
}

TEST(LessonSteps, ButtonsAndDotsGoToSteps) {
  LessonWindow h;
  h.click("lesson/next");
  EXPECT_EQ(h.step(), 1u);
  h.click("lesson/previous");
  EXPECT_EQ(h.step(), 0u);
  const auto dots = h.rect("lesson/dots");
  h.click(ImVec2{dots.center().x + h.app().surface().theme().px(16.0f), dots.center().y});
  EXPECT_EQ(h.step(), 2u);
}

TEST(LessonSteps, TheContentsLeadToEveryStep) {
  LessonWindow h;
  h.key(Key::kF3);
  h.frame(2);
  ASSERT_TRUE(h.has("lesson/step/2"));
  h.click("lesson/step/1");
  EXPECT_EQ(h.step(), 1u);
  EXPECT_FALSE(h.has("lesson/step/1")) << "the text is back";
}

TEST(LessonSteps, TheLessonIsClosedAndTheSceneStays) {
  LessonWindow h(lesson_from(kThreeSteps), 1);
  const Scene scene = h.scene();
  h.click("lesson/contents");
  h.frame(2);
  h.click("lesson/close");
  h.frame(2);
  EXPECT_FALSE(h.lectern().open());
  EXPECT_FALSE(h.has("lesson"));
  EXPECT_EQ(h.scene(), scene);
  EXPECT_FALSE(h.has("top/lesson"));
}

TEST(LessonSteps, PlayingKeepsThePlaceAndResetGivesTheAuthorsScene) {
  LessonWindow h;
  h.key(Key::kF);
  EXPECT_NE(h.scene(), h.lectern().step().scene);
  EXPECT_EQ(h.step(), 0u);
  h.click("lesson/reset");
  EXPECT_EQ(h.scene(), h.lectern().step().scene);
  h.key(Key::kZ, true);
  EXPECT_NE(h.scene(), h.lectern().step().scene) << "resetting is undone too";
  EXPECT_EQ(h.step(), 0u);
}

TEST(LessonSteps, UndoRightAfterNextLeadsBackToSceneAndStep) {
  LessonWindow h;
  h.key(Key::kF);
  const Scene played = h.scene();
  h.key(Key::kPageDown);
  EXPECT_EQ(h.step(), 1u);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.step(), 0u);
  EXPECT_EQ(h.scene(), played);
  h.key(Key::kZ, true, true);
  EXPECT_EQ(h.step(), 1u);
  EXPECT_EQ(h.padding(), 1);
}

TEST(LessonSteps, UndoAfterPlayingGoesBackThroughThePlayFirst) {
  LessonWindow h;
  h.key(Key::kPageDown);
  h.key(Key::kF);
  h.key(Key::kPageDown);
  h.key(Key::kF);
  EXPECT_EQ(h.step(), 2u);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.step(), 2u);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.step(), 1u);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.step(), 1u);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.step(), 0u);
  h.key(Key::kZ, true);
  EXPECT_FALSE(h.lectern().open()) << "opening the lesson is undone";
  EXPECT_EQ(h.scene(), h.before());
  h.key(Key::kZ, true, true);
  EXPECT_TRUE(h.lectern().open());
}

TEST(LessonSteps, AnotherLessonIsUndoneToTheOneBefore) {
  LessonWindow h(lesson_from(kThreeSteps), 1);
  const LessonPlace before = h.lectern().place();
  h.app().perform(ShowLesson{shipped_lesson("4"), 0});
  h.settle();
  EXPECT_FALSE(h.lectern().place() == before);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.lectern().place(), before);
}

TEST(LessonSteps, AControlInTheSentenceDrivesTheScene) {
  LessonWindow h;
  const auto at = h.rect("lesson/control/0");
  h.drag(at.center(), {at.center().x + 20.0f, at.center().y});
  h.settle();
  EXPECT_GT(h.padding(), 0);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.padding(), 0) << "a drag is one step of undo";
  h.settle();
  h.click("lesson/control/1");
  h.settle();
  EXPECT_EQ(first_layer(h.scene()).conv.padding_mode, PaddingMode::kReflect);
  EXPECT_EQ(h.step(), 0u);
}

TEST(LessonSteps, ANumberOfASmallRangeTakesTwentyUnitsForEachStep) {
  LessonWindow h;
  const float unit = h.app().surface().theme().scale;
  for (const int steps : {1, 2}) {
    const ImVec2 at = h.rect("lesson/control/0").center();
    h.drag(at, {at.x + 20.0f * static_cast<float>(steps) * unit, at.y});
    h.settle();
    EXPECT_EQ(h.padding(), steps);
    h.click("lesson/reset");
    h.settle();
  }
}

TEST(LessonSteps, AStatedValueIsMarkedWhereTheReaderChangedIt) {
  LessonWindow h;
  EXPECT_THAT(drawn_text(), Not(HasSubstr("(stated")));
  EXPECT_TRUE(draws_word("19"));
  ConvScene conv = first_layer(h.scene()).conv;
  conv.padding = {1, 1, 1, 1};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("4 × 4 (stated: 2 × 2)"));
  EXPECT_THAT(drawn_text(), HasSubstr("0 (stated: 19)"));
  EXPECT_FALSE(draws_word("≠")) << "what is so must not read as if it weren't";
  EXPECT_TRUE(h.draws_color(
      ui::legible(h.app().surface().theme().color.warn, h.app().surface().theme().color),
      "lesson/text"));
  h.hover("lesson/value/output.shape");
  EXPECT_THAT(drawn_text(), HasSubstr("The lesson says 2 × 2; now output.shape is 4 × 4."));
  h.click("lesson/reset");
  h.settle();
  EXPECT_THAT(drawn_text(), Not(HasSubstr("(stated")));
}

TEST(LessonSteps, AControlThatWasMovedIsNoContradiction) {
  LessonWindow h;
  ConvScene conv = first_layer(h.scene()).conv;
  conv.padding = {3, 3, 3, 3};
  h.app().perform(Edit{LayerEdit{0, conv}});
  h.settle();
  EXPECT_THAT(drawn_text(), HasSubstr("padding 3 ,"));
  EXPECT_THAT(drawn_text(), Not(HasSubstr("(stated: 0)")));
}

TEST(LessonSteps, WhatAStepPointsAtIsOutlinedAndTheRestMayBeDimmed) {
  LessonWindow h;
  ASSERT_TRUE(h.has("lesson/pointed/0"));
  const auto cell = h.rect("lesson/pointed/0");
  EXPECT_NEAR(cell.center().x, h.cell("output", 0, 0, 2, 2).x, 1.0f);
  EXPECT_NEAR(cell.center().y, h.cell("output", 0, 0, 2, 2).y, 1.0f);
  h.app().perform(GoToStep{1});
  h.app().perform(RevealAnswer{0});
  h.settle();
  EXPECT_EQ(h.rect("lesson/pointed/0").min.x, h.find("conv/padding").min.x);
  EXPECT_TRUE(h.has("lesson/pointed/1"));
}

// The cells that are linked to the one under the pointer have one rim of the same colour.
TEST(LessonSteps, CellsThatAStepPointsAtHaveASecondRim) {
  LessonWindow h;
  h.frame(60);  // it has arrived
  const auto cell = h.rect("lesson/pointed/0");
  const ImU32 color = h.app().surface().theme().color.linked;
  const auto rims_beside = [&] {
    std::set<int> rims;
    const ImDrawData& drawn = *ImGui::GetDrawData();
    for (int i = 0; i < drawn.CmdListsCount; ++i)
      for (const ImDrawVert& v : drawn.CmdLists[i]->VtxBuffer)
        if (v.col == color && v.pos.y > cell.min.y - 12.0f && v.pos.y < cell.max.y + 12.0f &&
            v.pos.x < cell.min.x + 2.0f && v.pos.x > cell.min.x - 12.0f)
          rims.insert(v.pos.x < cell.min.x - 3.5f ? 1 : 0);
    return rims.size();
  };
  EXPECT_EQ(rims_beside(), 2u);
}

TEST(LessonSteps, TheLearningHasTakenTheStepsThatTheStepAsksFor) {
  const char* text =
      "# A\n\n## One\n\n```show\nsteps: 5\npage: layers\n```\n\nStep {learning.step = 5}.\n\n"
      "## Two\n\n```show\npage: kernel\nshow: loss, learned\n```\n\nStep {learning.step = 0}.\n";
  LessonWindow h(lesson_from(text));
  EXPECT_EQ(h.app().live().training().snapshot->step, 5);
  EXPECT_THAT(drawn_text(), Not(HasSubstr("(stated")));
  h.key(Key::kPageDown);
  h.settle();
  EXPECT_EQ(h.app().live().training().snapshot->step, 0);
  EXPECT_THAT(drawn_text(), Not(HasSubstr("(stated")));
  EXPECT_TRUE(h.has("card/loss"));
  EXPECT_TRUE(h.has("card/learned"));
  EXPECT_FALSE(h.has("card/learning"));
}

TEST(LessonSteps, CardsThatAreHeldBackLieUnderAVeil) {
  LessonWindow h(
      lesson_from("# A\n\n## One\n\n```show\npage: kernel\ndim: kernel, input\npoint: "
                  "loss-curve\n```\n\nT.\n"));
  EXPECT_EQ(h.rect("lesson/veil/card/kernel").min.x, h.rect("card/kernel").min.x);
  EXPECT_TRUE(h.has("lesson/veil/card/input"));
  EXPECT_FALSE(h.has("lesson/veil/card/output"));
  EXPECT_TRUE(h.app().view().cards().lower_open) << "what is pointed at is brought into sight";
  EXPECT_TRUE(h.has("lesson/pointed/0"));
}

TEST(LessonSteps, CardsThatAStepLeavesOutCanBeShown) {
  LessonWindow h;
  EXPECT_FALSE(h.has("card/pooled"));
  EXPECT_FALSE(h.has("output/tabs"));
  h.click("lesson/all-cards");
  h.settle();
  EXPECT_TRUE(h.has("card/pooled") || h.has("output/tabs"));
  h.key(Key::kPageDown);
  h.key(Key::kPageUp);
  h.settle();
  EXPECT_FALSE(h.has("output/tabs"));
}

TEST(LessonSteps, OutlinesCloseInUnlessMotionIsReduced) {
  LessonWindow h;
  h.app().perform(GoToStep{1});
  h.frame();
  EXPECT_TRUE(h.app().animating());
  ViewSettings calm;
  calm.reduced_motion = true;
  LessonWindow quiet(lesson_from(kThreeSteps), 0, {1280, 720}, calm);
  quiet.app().perform(GoToStep{2});
  quiet.settle();
  EXPECT_FALSE(quiet.app().animating());
}

TEST(LessonSteps, ThePanelIsHiddenAndComesBackAtItsStep) {
  LessonWindow h(lesson_from(kThreeSteps), 1);
  h.key(Key::kF2);
  h.frame(2);
  EXPECT_FALSE(h.has("lesson"));
  EXPECT_LT(h.rect("inspector").min.x, 1.0f) << "the page has the whole width";
  h.click("top/lesson");
  h.frame(2);
  EXPECT_TRUE(h.has("lesson"));
  EXPECT_EQ(h.step(), 1u);
}

TEST(LessonSteps, TheEdgeIsDraggedByPointerAndKeys) {
  LessonWindow h;
  const float before = h.rect("lesson").max.x;
  const auto edge = h.rect("lesson/edge");
  h.drag(edge.center(), {edge.center().x + 60.0f, edge.center().y});
  h.frame(2);
  EXPECT_NEAR(h.rect("lesson").max.x, before + 60.0f, 3.0f);
  EXPECT_EQ(h.rect("inspector").min.x, h.rect("lesson").max.x);
}

TEST(LessonSteps, TheWheelScrollsTheTextAndTurnsNoNumberInIt) {
  LessonWindow h(lesson_from(kThreeSteps), 0, {1280, 400});
  const float before = h.rect("lesson/heading").min.y;
  const Scene scene = h.scene();
  h.wheel(h.rect("lesson/text").center(), -3.0f);
  h.frame(3);
  EXPECT_LT(h.rect("lesson/heading").min.y, before);
  h.rest();
  h.wheel(h.rect("lesson/control/0").center(), -3.0f);
  EXPECT_EQ(h.scene(), scene);
}

TEST(LessonSteps, PresentingKeepsTheLessonInLargerType) {
  LessonWindow h;
  const auto heading = h.rect("lesson/heading");
  h.key(Key::kF5);
  h.frame(2);
  EXPECT_TRUE(h.has("lesson"));
  EXPECT_EQ(h.rect("lesson").min.y, 0.0f);
  EXPECT_GT(h.rect("lesson/heading").max.y - h.rect("lesson/heading").min.y,
            heading.max.y - heading.min.y);
  h.key(Key::kPageDown);
  EXPECT_EQ(h.step(), 1u);
}

TEST(LessonSteps, TheLastOneLeadsToTheNextLesson) {
  const LessonPtr first = shipped_lesson("1");
  LessonWindow h(first, first->steps.size() - 1);
  ASSERT_TRUE(h.draws('l', "lesson/next")) << "Next lesson";
  h.click("lesson/next");
  h.settle();
  EXPECT_EQ(h.lectern().lesson().name, "02-parameters");
  EXPECT_EQ(h.step(), 0u);
  EXPECT_FALSE(h.draws('l', "lesson/next")) << "Next";
  const std::size_t last = h.lectern().lesson().steps.size() - 1;
  h.app().perform(GoToStep{last});
  h.settle();
  h.key(Key::kPageDown);
  h.settle();
  EXPECT_EQ(h.lectern().lesson().name, "03-pooling");
}

TEST(LessonSteps, TheLastLessonAndOnesOwnLeadNowhere) {
  const LessonPtr last = shipped_lesson("19");
  LessonWindow h(last, last->steps.size() - 1);
  h.key(Key::kPageDown);
  h.click("lesson/next");
  h.settle();
  EXPECT_EQ(h.lectern().place(), (LessonPlace{last, last->steps.size() - 1}));
  const LessonPtr own = lesson_from(kThreeSteps);
  LessonWindow other(own, 2);
  other.key(Key::kPageDown);
  other.settle();
  EXPECT_EQ(other.lectern().place(), (LessonPlace{own, 2}));
}

}  // namespace
}  // namespace convscope::program
