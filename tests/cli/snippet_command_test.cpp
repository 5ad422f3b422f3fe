#include "tests/cli/call.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SnippetCommand : public CommandTest {
 protected:
  const std::vector<std::string> snippet_{"snippet"};
};

TEST_F(SnippetCommand, PrintsTheProgramInEachDialect) {
  EXPECT_THAT(call({"snippet", "edge", "--as", "pytorch"}).out,
              AllOf(StartsWith("import torch\n"), HasSubstr("y = F.conv2d(x, weight, bias)\n"),
                    Not(HasSubstr("optimizer"))));
  EXPECT_THAT(call({"snippet", "edge", "--as", "numpy"}).out,
              AllOf(StartsWith("import numpy as np\n"), HasSubstr("correlate(x, weight")));
  EXPECT_THAT(call({"snippet", "edge", "--as", "lists"}).out,
              AllOf(StartsWith("def corr2d(x, k):\n"), Not(HasSubstr("import "))));
}

TEST_F(SnippetCommand, WritesAFileAsAWhole) {
  const Called printed = call({"snippet", "two-layers", "--as", "pytorch"});
  const Called written =
      call({"snippet", "two-layers", "--as", "pytorch", "--output", path("s.py")});
  EXPECT_EQ(file_text(path("s.py")), printed.out);
  EXPECT_THAT(written.out, HasSubstr("s.py: "));
  EXPECT_THAT(written.out, HasSubstr(" lines of Python\n"));
}

TEST_F(SnippetCommand, RepeatsTheStepsThatAreAskedFor) {
  const std::string text = call({"snippet", "edge", "--as", "pytorch", "--steps", "7"}).out;
  EXPECT_THAT(text, AllOf(HasSubstr("for step in range(7):\n"),
                          HasSubstr("torch.optim.SGD([learned], lr=0.03)\n")));
  EXPECT_THAT(call({"snippet", "edge", "--as", "pytorch", "--steps", "0"}).out,
              Not(HasSubstr("optimizer")));
}

// The step of a lesson says how many steps it shows.
TEST_F(SnippetCommand, TakesTheStepsOfALesson) {
  put_text(path("l.md"), "# L\n\n## S\n\n```scene\nedge\n```\n\n```show\nsteps: 5\n```\n\nA.\n");
  const Called called = call({"snippet", path("l.md") + "#1", "--as", "numpy"});
  EXPECT_THAT(called.error + called.out, HasSubstr("for step in range(5):\n"));
}

TEST_F(SnippetCommand, TellsWhatIsWrong) {
  expect_error(snippet_, {"edge", "--as", "tf"}, 2,
               HasSubstr("--as is \"tf\"; it must be pytorch, numpy or lists"));
  expect_error(snippet_, {"edge"}, 2, HasSubstr("--as is required"));
  expect_error(snippet_, {"none.json", "--as", "numpy"}, 1, HasSubstr("none.json"));
  expect_error(snippet_, {"edge", "--as", "numpy", "--steps", "x"}, 2, HasSubstr("--steps"));
  expect_error(snippet_, {"edge", "--as", "numpy", "--steps", "200000"}, 2, HasSubstr("--steps"));
  expect_error(snippet_, {"edge", "--as", "numpy", "--output", "/dev/stdout"}, 1,
               HasSubstr("/dev/stdout"));
}

}  // namespace
}  // namespace convscope::cli
