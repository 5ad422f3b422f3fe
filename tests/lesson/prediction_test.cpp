#include "app/lesson/prediction.h"

#include <gmock/gmock.h>

#include "tests/error_text.h"

namespace convscope::lesson {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Prediction predict(const std::string& answer, const std::string& more = "") {
  return read_prediction("question: How much?\nanswer: " + answer + "\n" + more, 1);
}

std::string wrong(std::string_view text) {
  return error_text([&] { read_prediction(text, 1); });
}

TEST(Prediction, ReadsItsFields) {
  const Prediction p = read_prediction(
      "question: What is the sum of {kernel.shape}\n  products?\nhide: output, pooled\n"
      "answer: output[0, 1] = 25\nexplain: It is \\{25}.\n",
      10);
  ASSERT_EQ(p.question.size(), 3u);
  EXPECT_TRUE(p.question[1].live);
  EXPECT_EQ(p.question[2].text, " products?");
  EXPECT_THAT(p.hidden, ElementsAre("output", "pooled"));
  ASSERT_EQ(p.answers.size(), 1u);
  EXPECT_EQ(p.answers[0].reference->text, "output[0, 1]");
  EXPECT_EQ(p.answers[0].stated.text, "25");
  EXPECT_EQ(p.answers[0].line, 13);
  EXPECT_EQ(p.explanation[0].text, "It is {25}.");
}

TEST(Prediction, QuestionAndExplanationHaveTheMarksOfTheText) {
  const Prediction p = read_prediction(
      "question: How large is *k*?\nanswer: 3\nexplain: It is **{kernel.shape}**, not 2 * 3 * 4.\n",
      7);
  ASSERT_EQ(p.question.size(), 3u);
  EXPECT_EQ(p.question[1].text, "k");
  EXPECT_TRUE(p.question[1].style.emphasis);
  ASSERT_EQ(p.explanation.size(), 3u);
  EXPECT_TRUE(p.explanation[1].live && p.explanation[1].style.strong);
  EXPECT_EQ(p.explanation[2].text, ", not 2 * 3 * 4.");
  EXPECT_EQ(p.explanation[1].line, 9);
  EXPECT_THAT(wrong("question: *k* {kernl}?\nanswer: 3\n"), HasSubstr("did you mean"));
}

TEST(Prediction, WhatWouldBeginAListIsPlainText) {
  const Prediction p =
      read_prediction("question: - 1 or what?\nanswer: 3\nexplain: 1. {stride}\n", 1);
  EXPECT_EQ(p.question[0].text, "- 1 or what?");
  ASSERT_EQ(p.explanation.size(), 2u);
  EXPECT_EQ(p.explanation[0].text, "1. ");
}

TEST(Prediction, NumbersAreRightToTheirDigits) {
  EXPECT_TRUE(is_right(predict("19"), "19"));
  EXPECT_TRUE(is_right(predict("19"), " 19.0 "));
  EXPECT_FALSE(is_right(predict("19"), "20"));
  EXPECT_FALSE(is_right(predict("19"), ""));
  EXPECT_FALSE(is_right(predict("19"), "nineteen"));
  EXPECT_TRUE(is_right(predict("−0.5"), "-0.5"));
  EXPECT_TRUE(is_right(predict("0.33"), "0.333"));
  EXPECT_FALSE(is_right(predict("0.33"), "0.34"));
}

TEST(Prediction, ATolerance) {
  const Prediction p = predict("0.5", "tolerance: 0.1\n");
  EXPECT_TRUE(is_right(p, "0.6"));
  EXPECT_TRUE(is_right(p, "0.4"));
  EXPECT_FALSE(is_right(p, "0.61"));
}

TEST(Prediction, ShapesInAnyForm) {
  const Prediction p = predict("6 × 7");
  for (const char* answer : {"6 × 7", "6x7", "6, 7", "(6, 7)", "[1, 1, 6, 7]", "6 7"})
    EXPECT_TRUE(is_right(p, answer)) << answer;
  EXPECT_FALSE(is_right(p, "7 × 6"));
  EXPECT_FALSE(is_right(p, "7"));
}

TEST(Prediction, SeveralAnswers) {
  const Prediction p = read_prediction("question: q\nanswer: 1\nanswer: 2\n", 1);
  EXPECT_TRUE(is_right(p, "2"));
  EXPECT_FALSE(is_right(p, "3"));
}

TEST(Prediction, OptionsAreChosenByTheirText) {
  const Prediction p = predict("diverges", "options: converges | oscillates | diverges\n");
  EXPECT_THAT(p.options, ElementsAre("converges", "oscillates", "diverges"));
  EXPECT_TRUE(is_right(p, "diverges"));
  EXPECT_TRUE(is_right(p, "Diverges"));
  EXPECT_FALSE(is_right(p, "converges"));
}

TEST(Prediction, MistakesSayWhatIsAccepted) {
  EXPECT_THAT(wrong("answer: 1"), HasSubstr("has no question"));
  EXPECT_THAT(wrong("question: q"), HasSubstr("has no answer"));
  EXPECT_THAT(wrong("question: q\nanswer: left"), HasSubstr("is no number; give the texts"));
  EXPECT_THAT(wrong("question: q\nanswer: b\noptions: a"), HasSubstr("2 to 8 texts with |"));
  EXPECT_THAT(wrong("question: q\nanswer: convrges\noptions: converges | diverges"),
              HasSubstr(R"(is none of the options; did you mean "converges"?)"));
  EXPECT_THAT(wrong("question: q\nanwser: 1"), HasSubstr(R"(did you mean "answer"?)"));
  EXPECT_THAT(wrong("question: q\nanswer: ouput = 1"), HasSubstr(R"(did you mean "output"?)"));
  EXPECT_THAT(wrong("question: q\nanswer: 1\ntolerance: −1"), HasSubstr("0 or more"));
  EXPECT_THAT(wrong("question: q\nanswer: 1\nhide: outptu"),
              HasSubstr(R"(did you mean "output"?)"));
  EXPECT_THAT(wrong("question: q\nquestion: q\nanswer: 1"), HasSubstr("stands twice"));
  EXPECT_THAT(wrong("question:\nanswer: 1"), HasSubstr("the field question is empty"));
}

}  // namespace
}  // namespace convscope::lesson
