#include "app/lesson/check_lesson.h"

#include <gmock/gmock.h>

#include "app/lesson/plain_text.h"
#include "tests/lesson/lessons.h"

namespace convscope::lesson {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

LessonCheck check(std::string_view text) {
  return check_lesson(lesson_of(first_sum(text)));
}

TEST(CheckLesson, CountsWhatHolds) {
  const LessonCheck checked = check("{output[0,0] = 19} and {output.shape}\n\n- {kernel.sum = 6}");
  EXPECT_EQ(checked.stated, 2u);
  EXPECT_EQ(checked.steps, 1u);
  EXPECT_THAT(checked.failures, IsEmpty());
}

TEST(CheckLesson, NamesFileStepAndLineOfWhatFails) {
  EXPECT_THAT(check("Right: {output[0,0] = 19}\nbut\nnot {output.shape = 3 × 3}").failures,
              ElementsAre("\"a.md\", step 1 \"One\", line 11: output.shape is 2 × 2, and 3 × 3 is "
                          "stated"));
}

TEST(CheckLesson, LiveTextWithoutAValueFails) {
  EXPECT_THAT(check("{output[7,7]}").failures,
              ElementsAre(HasSubstr("line 9: output[7,7] has no value: index 7 lies beyond")));
}

TEST(CheckLesson, AnswersAreComparedToo) {
  const LessonCheck checked = check(
      "```predict\nquestion: q {input.shape = 3 × 4}\nanswer: output[0,0] = 18\nexplain: "
      "{kernel.sum = 6}\n```");
  EXPECT_EQ(checked.stated, 3u);
  EXPECT_THAT(checked.failures,
              ElementsAre(HasSubstr("line 10: input.shape is 3 × 3, and 3 × 4 is stated"),
                          HasSubstr("line 11: output[0,0] is 19, and 18 is stated")));
}

TEST(CheckLesson, AnswersAreTrueOfWhatTheQuestionSupposes) {
  const LessonCheck checked = check(
      "```predict\nquestion: q {output.rows = 2}\nwith: {\"conv\":\n  {\"padding\": [1, 1, 1, "
      "1]}}\n"
      "answer: output.rows = 4\n```\n\n```predict\nquestion: q\nsteps: 2\nanswer: learning.step = "
      "3\n```");
  EXPECT_EQ(checked.stated, 3u);
  EXPECT_THAT(checked.failures,
              ElementsAre(HasSubstr("line 19: learning.step is 2, and 3 is stated")));
}

TEST(CheckLesson, AnExplanationsValueThatTheQuestionSupposesOtherwiseIsTold) {
  const std::string question =
      "```predict\nquestion: q\nwith: {\"conv\": {\"padding\": [1, 1, 1, 1]}}\n"
      "answer: output.rows = 4\n";
  EXPECT_THAT(
      check(question + "explain: {output.rows} and {input.rows}\n```").failures,
      ElementsAre(AllOf(HasSubstr("line 13: {output.rows} in the explanation is 2, as the step's "
                                  "scene has it, and 4 in the scene that the question supposes"),
                        HasSubstr("{output.rows = 2}"))));
  EXPECT_THAT(check(question + "explain: {output.rows = 2}\n```").failures, IsEmpty());
}

TEST(CheckLesson, EachStepHasItsOwnScene) {
  const Lesson lesson = lesson_of(
      "# L\n\n## A\n\n```scene\nfirst-sum\n```\n\n{output.shape = 2 × 2}\n\n## B\n\n{output.shape "
      "= "
      "2 × 2}\n\n## C\n\n```scene\nsame\n{\"conv\": {\"padding\": [1, 1, 1, 1]}}\n```\n\n"
      "{output.shape = 4 × 4} {output[0,:] = [0, 3, 8, 4]}\n\n## D\n\n```scene\nsame\n"
      "{\"conv\": {\"padding\": null, \"stride\": [2, 2]}}\n```\n\n{output = 20}\n");
  const LessonCheck checked = check_lesson(lesson);
  EXPECT_EQ(checked.steps, 4u);
  EXPECT_THAT(checked.failures, ElementsAre(HasSubstr("output is [19], and 20 is stated")));
  EXPECT_EQ(lesson.steps[0].scene.input.tensor, lesson.steps[2].scene.input.tensor)
      << "the same input is shared";
}

// The notebook's run: its start is not printed, but follows from what is. It prints the loss before
// each update, so that that of "epoch 2" is the loss after one step.
TEST(CheckLesson, LearningRunsAsManySteps) {
  const Lesson lesson = lesson_of(
      "# L\n\n## S\n\n```scene\n{\"learning\": {\"start\": [[0.41157861, -0.42400508]], "
      "\"rate\": 0.03}}\n```\n\n```show\nsteps: 10\n```\n\n"
      "{learning.loss[1] = 1.667570} {learning.loss[3] = 0.280130} {learning.loss[5] = 0.047145} "
      "{learning.loss[7] = 0.007970} {learning.loss[9] = 0.001362} {learned[0,:] = [0.9926, "
      "−0.9940]} {learning.step = 10} {learning.rate = 0.03}\n");
  const LessonCheck checked = check_lesson(lesson);
  EXPECT_EQ(checked.stated, 8u);
  EXPECT_THAT(checked.failures, IsEmpty());
}

TEST(CheckLesson, ARunThatDivergesSaysSo) {
  const Lesson lesson = lesson_of(
      "# L\n\n## S\n\n```scene\nsame\n{\"learning\": {\"rate\": 1}}\n```\n\n```show\nsteps: "
      "200\n```\n\n{learning.verdict = has diverged}\n");
  EXPECT_THAT(check_lesson(lesson).failures, IsEmpty());
}

TEST(CheckLesson, WhatTakesTooMuchMemoryHasNoValue) {
  const StepLimits limits{{16.0, "a test"}, {16.0, "a test"}};
  const Lesson lesson = lesson_of(first_sum("{output[0,0]} {learning.loss}"));
  EXPECT_EQ(check_lesson(lesson, limits).failures.size(), 2u);
}

TEST(PlainText, HasTheValuesInTheirPlaces) {
  const Lesson lesson = lesson_of(
      first_sum("One *sum*: {output[0,0] = 18}.\n\n1. first\n2. second\n\n```\ncode {x}\n```\n"));
  EXPECT_EQ(plain_step(lesson, 0, values_of(lesson.steps[0])),
            "1. One\n\nOne sum: 19 (stated: 18).\n\n1. first\n2. second\n\n  code {x}\n");
}

// Returns what is wrong with a step that points at this.
std::vector<std::string> pointed(const std::string& places) {
  return check("```show\npoint: " + places + "\n```").failures;
}

TEST(CheckLesson, CellsThatArePointedAtMustBeThere) {
  for (const char* good : {"output[1, 1]", "output[0, 0..1, :]", "input[2, 2]", "kernel[1, 1]",
                           "learned[1, 1]", "error[:, 1]", "output", "loss-curve"})
    EXPECT_THAT(pointed(good), IsEmpty()) << good;
  EXPECT_THAT(pointed("output[0, 0], output[9, 9]"),
              ElementsAre("\"a.md\", step 1 \"One\", line 10: point: output has no cell 9, 9; its "
                          "rows are 0 to 1 and its columns are 0 to 1"));
  EXPECT_THAT(pointed("input[0..3, 0]"), ElementsAre(HasSubstr("input has no cells 0..3, 0; ")));
  EXPECT_THAT(pointed("input[:, 3]"), ElementsAre(HasSubstr("input has no cells :, 3; ")));
  EXPECT_THAT(pointed("kernel[1, 0, 0, 0]"),
              ElementsAre(HasSubstr("its only output channel is 0, its only input channel is 0, "
                                    "its rows are 0 to 1 and its columns")));
  EXPECT_THAT(pointed("learned[2, 0]"), ElementsAre(HasSubstr("learned has no cell 2, 0; ")));
  EXPECT_THAT(pointed("error[0, 2]"), ElementsAre(HasSubstr("error has no cell 0, 2; ")));
  EXPECT_THAT(pointed("pooled[5, 5]"), ElementsAre(HasSubstr("pooled has no cell 5, 5; ")));
  EXPECT_THAT(pointed("layer2.output[0, 0]"),
              ElementsAre(HasSubstr("layer2.output has no cell 0, 0; the scene has 1 layer")));
}

TEST(CheckLesson, NumbersThatAreComparedWithNothingAreTold) {
  const LessonCheck checked = check(
      "```predict\nquestion: q\nanswer: 5\nanswer: 2 × 2\n```\n\n```predict\nquestion: q\noptions: "
      "a | b\nanswer: a\n```\n\n```predict\nquestion: q\nanswer: output.rows = 2\n```");
  EXPECT_THAT(checked.failures, IsEmpty());
  ASSERT_EQ(checked.unchecked.size(), 2u);
  EXPECT_EQ(checked.unchecked[0].line, 11);
  EXPECT_EQ(checked.unchecked[0].suggested, "output.rows = 5");
  EXPECT_EQ(checked.unchecked[1].suggested, "output.shape = 2 × 2");
}

TEST(CheckLesson, AQuestionInABlockWithAnotherNameIsTold) {
  for (const char* line : {"question: q", "x\nanswer: 5"})
    EXPECT_THAT(check("```question\n" + std::string(line) + "\n```").failures,
                ElementsAre(HasSubstr("line 9: the block \"question\" is shown as code; a question "
                                      "stands in a block named predict")));
  EXPECT_THAT(check("```\nquestion: q\n```\n\n```yaml\nmy answer: 5\n```").failures, IsEmpty());
}

}  // namespace
}  // namespace convscope::lesson
