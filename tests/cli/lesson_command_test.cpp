#include "tests/cli/call.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class LessonCommand : public CommandTest {
 protected:
  // Writes a lesson of one step with this text and returns its path.
  std::string lesson(const std::string& name, const std::string& text) const {
    put_text(path(name),
             "# Sums\n\nFirst.\n\n## One\n\n```scene\nfirst-sum\n```\n\n" + text + "\n");
    return path(name);
  }
};

TEST_F(LessonCommand, PrintsTheTextWithItsValues) {
  const Called called =
      call({"lesson", lesson("l.md", "The sum is {output[0, 0] = 19}, not {output[0, 1] = 24}.")});
  EXPECT_EQ(called.exit_code, 0);
  EXPECT_EQ(called.out, "Sums\n\nFirst.\n\n1. One\n\nThe sum is 19, not 25 (stated: 24).\n");
}

TEST_F(LessonCommand, PrintsAShippedLessonByItsName) {
  const Called called = call({"lesson", "04-cross-correlation"});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_THAT(called.out, StartsWith("Cross-correlation\n"));
}

TEST_F(LessonCommand, ChecksWhatIsStated) {
  const std::string good = lesson("good.md", "{output[0, 0] = 19} {output.shape = 2 × 2}");
  const Called called = call({"lesson", "--check", good});
  EXPECT_EQ(called.exit_code, 0);
  EXPECT_EQ(called.out, good + ": 2 stated values hold in 1 step\n");
}

TEST_F(LessonCommand, TellsTheAnswersThatAreNotChecked) {
  const std::string one = lesson("one.md", "```predict\nquestion: q\nanswer: 5\n```");
  const Called called = call({"lesson", "--check", one});
  EXPECT_EQ(called.exit_code, 0);
  EXPECT_EQ(called.out, one +
                            ": 0 stated values hold in 0 steps; 1 answer is not checked (line "
                            "13: write what it is the value of, as in `output.rows = 5`, to have "
                            "it checked)\n");
  const std::string two = lesson("two.md", "```predict\nquestion: q\nanswer: 5\nanswer: 6\n```");
  EXPECT_THAT(call({"lesson", "--check", two}).out,
              HasSubstr("2 answers are not checked (lines 13 and 14: write"));
}

TEST_F(LessonCommand, TellsEachNumberThatIsWrong) {
  const std::string bad = lesson("bad.md", "{output[0, 0] = 18}\n\n{output.sum = 1}");
  const Called called = call({"lesson", "--check", bad});
  EXPECT_EQ(called.exit_code, 1);
  EXPECT_EQ(called.out, "\"" + bad +
                            "\", step 1 \"One\", line 11: output[0, 0] is 19, and 18 is stated.\n"
                            "\"" +
                            bad +
                            "\", step 1 \"One\", line 13: output.sum is 124, and 1 is stated.\n");
  EXPECT_EQ(called.error, "2 things are wrong in 1 lesson");
}

TEST_F(LessonCommand, ChecksTheOthersToo) {
  const std::string broken = lesson("broken.md", "{ouput}");
  const std::string good = lesson("good.md", "{output[0, 0] = 19}");
  const Called called = call({"lesson", "--check", broken, good});
  EXPECT_EQ(called.exit_code, 1);
  EXPECT_THAT(called.out, AllOf(HasSubstr("did you mean \"output\"?"),
                                HasSubstr("good.md: 1 stated value holds in 1 step")));
  EXPECT_EQ(called.error, "1 thing is wrong in 2 lessons");
}

TEST_F(LessonCommand, PrintsTheVocabulary) {
  const Called called = call({"lesson", "--vocabulary"});
  EXPECT_EQ(called.exit_code, 0);
  EXPECT_THAT(called.out, HasSubstr("| `learning.cliff` | 2/λmax"));
}

TEST_F(LessonCommand, PrintsQuestionsThatItsCheckAccepts) {
  const Called called = call({"lesson", "--questions", "first-sum"});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_THAT(called.out, StartsWith("# Questions about this scene\n"));
  EXPECT_THAT(called.out, AllOf(HasSubstr("```scene\nfirst-sum\n```"), HasSubstr("```predict\n")));
  put_text(path("kept.md"), called.out);
  const Called checked = call({"lesson", "--check", path("kept.md")});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
  EXPECT_NE(call({"lesson", "--questions", "first-sum", "--seed", "2"}).out, called.out);
}

TEST_F(LessonCommand, PrintsQuestionsAboutASceneOfAFileOrAStep) {
  put_text(
      path("small.json"),
      R"({"format": "convscope-scene", "version": 1, "kernel": {"weight": [[1, 2], [3, 4]]}})");
  put_text(path("large.json"),
           R"({"format": "convscope-scene", "version": 1,
               "input": {"values": {"random": [1, 1, 300, 300], "seed": 1}}})");
  const std::string step = lesson("l.md", "{output[0, 0] = 19}");
  for (const std::string& scene : {path("small.json"), path("large.json"), step + "#1"}) {
    const Called called = call({"lesson", "--questions", scene});
    ASSERT_EQ(called.exit_code, 0) << called.error;
    std::filesystem::create_directory(path("elsewhere"));
    put_text(path("elsewhere/kept.md"), called.out);
    const Called checked = call({"lesson", "--check", path("elsewhere/kept.md")});
    EXPECT_EQ(checked.exit_code, 0) << scene << checked.out;
  }
  EXPECT_THAT(call({"lesson", "--questions", path("large.json")}).out,
              HasSubstr("```scene\n" + path("large.json") + "\n```"));
}

TEST_F(LessonCommand, Errors) {
  expect_error({"lesson"}, {}, 2, HasSubstr("no lesson is named"));
  expect_error({"lesson", "--check"}, {}, 2, HasSubstr("no lesson is named"));
  expect_error({"lesson", "--vocabulary", "x.md"}, {}, 2, HasSubstr("leave out what is beside it"));
  expect_error({"lesson", "--questions", "edge", "x.md"}, {}, 2,
               HasSubstr("leave out what is beside it"));
  expect_error({"lesson", "--questions", "egde"}, {}, 2, HasSubstr("is no scene"));
  expect_error({"lesson", "--questions", "edge", "--seed", "x"}, {}, 2, HasSubstr("--seed"));
  expect_error({"lesson", "--seed", "2", "x.md"}, {}, 2, HasSubstr("--questions"));
  expect_error({"lesson", "--questions", "03-pooling#2"}, {}, 1,
               HasSubstr("too large to stand in a lesson"));
  expect_error({"lesson", "--chekc", "x.md"}, {}, 2, HasSubstr("--chekc"));
  expect_error({"lesson", path("none.md")}, {}, 1, HasSubstr("there is no such file"));
  expect_error({"lesson", lesson("l.md", "{ouput}")}, {}, 1,
               HasSubstr("step 1 \"One\", line 11: there is no \"ouput\""));
}

}  // namespace
}  // namespace convscope::cli
