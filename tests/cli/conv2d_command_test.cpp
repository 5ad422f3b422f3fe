#include <cstring>

#include "app/files/arrays/npy_write.h"
#include "engine/ops/conv2d.h"
#include "engine/ops/relu.h"

#include "tests/cli/call.h"
#include "tests/cli/option_arguments.h"
#include "tests/engine/arbitrary.h"
#include "tests/test_folder.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Conv2dCommand : public CommandTest {
 protected:
  // The notebook's 3x3 input and 2x2 kernel.
  std::vector<std::string> notebook() const {
    return {"conv2d",
            "--input",
            put("x.npy", Tensor::from_rows({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}})),
            "--weight",
            put("w.npy", Tensor::from_rows({{0, 1}, {2, 3}})),
            "--output",
            path("y.npy")};
  }
  Tensor run(std::vector<std::string> command, const std::vector<std::string>& more) const {
    command.insert(command.end(), more.begin(), more.end());
    const Called called = call(command);
    EXPECT_EQ(called.exit_code, 0) << called.error;
    return get("y.npy");
  }
};

TEST_F(Conv2dCommand, NotebookNumbers) {
  EXPECT_EQ(run(notebook(), {}), Tensor::from_rows({{19, 25}, {37, 43}}));
  EXPECT_EQ(run(notebook(), {"--padding", "1", "--stride", "2"}),
            Tensor::from_rows({{0, 8}, {21, 43}}));
  EXPECT_EQ(run(notebook(), {"--padding=valid"}), Tensor::from_rows({{19, 25}, {37, 43}}));
  EXPECT_EQ(run(notebook(), {"--padding", "same"}),
            Tensor::from_rows({{19, 25, 10}, {37, 43, 16}, {7, 8, 0}}));
  EXPECT_EQ(run(notebook(), {"--padding", "0,1"}).shape(), (Shape{1, 1, 2, 4}));
}

TEST_F(Conv2dCommand, TellsWhatItWrote) {
  EXPECT_EQ(call(notebook()).out, path("y.npy") + ": float32 [1, 1, 2, 2]\n");
}

TEST_F(Conv2dCommand, Bias) {
  EXPECT_EQ(run(notebook(), {"--bias", put_vector("b.npy", {0.5f})}),
            Tensor::from_rows({{19.5f, 25.5f}, {37.5f, 43.5f}}));
}

TEST_F(Conv2dCommand, ReadsColourForThreeChannelsAndGreyForOne) {
  const std::vector<std::uint8_t> pixels{255, 0, 0, 255, 0, 0, 255, 255};  // red, blue
  write_png(path("p.png"), pixels, 2, 1);
  const std::string one = put("one.npy", Tensor(Shape{1, 1, 1, 1}, 1.0f));
  const std::string three = put("three.npy", Tensor(Shape{1, 3, 1, 1}, 1.0f));
  const std::vector<std::string> command{"conv2d",   "--input",     path("p.png"),
                                         "--output", path("y.npy"), "--weight"};
  EXPECT_EQ(run(command, {three}), Tensor::from_rows({{1.0f, 1.0f}}));
  const Tensor grey = run(command, {one});
  EXPECT_NEAR(grey.at(0, 0), 0.299, 1e-6);
  EXPECT_NEAR(grey.at(0, 1), 0.114, 1e-6);
}

// Whatever the options: the file holds what the engine computes, and the gradients' files too.
RC_GTEST_PROP(Conv2dCommandRandom, FilesHoldWhatTheEngineComputes, ()) {
  const ConvCase c = arbitrary_case();
  const TempFolder folder;
  const Tensor x = random_tensor(c.input, 1);
  const Tensor w = random_tensor(c.weight, 2);
  const Tensor y = conv2d(x, w, {}, c.options);
  write_npy(folder / "x.npy", x);
  write_npy(folder / "w.npy", w);
  const auto with = [&](std::vector<std::string> arguments) {
    const std::vector<std::string> options = as_arguments(c.options);
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--input", folder / "x.npy", "--weight", folder / "w.npy"});
    const Called called = call(arguments);
    RC_ASSERT(called.error == "");
  };
  with({"conv2d", "--output", folder / "y.npy"});
  RC_ASSERT(read_npy(folder / "y.npy").tensor == y);
  with({"conv2d-grad", "--grad-output", folder / "y.npy", "--grad-input", folder / "gx.npy",
        "--grad-weight", folder / "gw.npy", "--grad-bias", folder / "gb.npy"});
  RC_ASSERT(read_npy(folder / "gx.npy").tensor == conv2d_grad_input(y, w, c.input, c.options));
  RC_ASSERT(read_npy(folder / "gw.npy").tensor == conv2d_grad_weight(x, y, c.weight, c.options));
  RC_ASSERT(read_npy_vector(folder / "gb.npy").values == conv2d_grad_bias(y));
  // The output is its own gradient here, of which ReLU leaves what is above 0.
  with({"conv2d-grad", "--relu", "--grad-output", folder / "y.npy", "--grad-input",
        folder / "rx.npy"});
  RC_ASSERT(read_npy(folder / "rx.npy").tensor ==
            conv2d_grad_input(relu(y), w, c.input, c.options));
}

TEST_F(Conv2dCommand, WrongValuesAreWrongCalls) {
  const auto wrong = [&](const std::vector<std::string>& more, const std::string& message) {
    expect_error(notebook(), more, 2, HasSubstr(message));
  };
  wrong({"--stride", "0"}, "stride (0, 0) must be at least 1");
  wrong({"--stride", "-1"}, "stride (-1, -1) must be at least 1");
  wrong({"--stride", "1,2,3"}, "--stride is \"1,2,3\"; it must be a whole number, or two");
  wrong({"--stride", "1.5"}, "--stride is \"1.5\"");
  wrong({"--stride", "1,"}, "--stride is \"1,\"");
  wrong({"--stride", ""}, "--stride");
  wrong({"--dilation", "9999999999999999999999"}, "--dilation is");
  wrong({"--padding", "1,2,3"}, "--padding is \"1,2,3\"; it must be a whole number, two for y");
  wrong({"--padding", "-1"}, "must not be negative");
  wrong({"--padding", "Same"}, "\"same\" or \"valid\"");
  wrong({"--padding", "same", "--stride", "2"}, "padding \"same\" needs stride 1");
  wrong({"--padding", "same", "--transposed"}, "--padding same is not for --transposed");
  wrong({"--padding", "same", "--dilation", "9223372036854775807"}, "must be at most 16777216");
  wrong({"--padding-mode", "mirror"},
        "--padding-mode is \"mirror\"; it must be zeros, reflect, replicate or circular");
  wrong({"--padding-mode", "reflect", "--padding", "3"}, "reflect padding (3, 3, 3, 3)");
  wrong({"--groups", "0"}, "--groups is \"0\"");
  wrong({"--groups", "2"}, "does not divide into groups 2");
  wrong({"--output-padding", "1"}, "only for transposed convolution");
  wrong({"--bias", put_vector("b.npy", {1, 2})}, "bias has 2 values");
  wrong({"--colour"}, "--colour");
}

TEST_F(Conv2dCommand, ShapesThatDontFitAreWrongCalls) {
  const std::string x = put("x3.npy", Tensor(Shape{1, 3, 4, 4}, 1.0f));
  const std::string w = put("w2.npy", Tensor(Shape{1, 2, 3, 3}, 1.0f));
  expect_error({"conv2d", "--input", x, "--weight", w, "--output", path("y.npy")}, {}, 2,
               AllOf(HasSubstr("[1, 3, 4, 4]"), HasSubstr("[1, 2, 3, 3]")));
  const std::string big = put("big.npy", Tensor(Shape{1, 3, 5, 5}, 1.0f));
  expect_error({"conv2d", "--input", x, "--weight", big, "--output", path("y.npy")}, {}, 2,
               HasSubstr("does not fit"));
}

TEST_F(Conv2dCommand, MissingOptionsAreWrongCalls) {
  expect_error({"conv2d"}, {}, 2, HasSubstr("is required"));
  expect_error({"conv2d", "--input", "x.npy", "--weight", "w.npy"}, {}, 2,
               HasSubstr("--output is required"));
}

TEST_F(Conv2dCommand, CallsThatAreNotUnderstoodAreToldInOneSentence) {
  const std::vector<std::string> start{"conv2d", "--input", "x.npy", "--weight", "w.npy"};
  const std::string see = "; see \"convscope conv2d --help\"";
  expect_error(start, {}, 2, "--output is required" + see);
  expect_error(start, {"--output", "y.npy", "--unknown"}, 2, "\"--unknown\" is not expected" + see);
  expect_error(start, {"--output", "y.npy", "3", "--unknown", "4"}, 2,
               "\"3\", \"--unknown\" and \"4\" are not expected" + see);
  expect_error(start, {"--output", "y.npy", "--stride"}, 2, "--stride needs a value" + see);
  expect_error(start, {"--output", "y.npy", "--stride", "1", "--stride", "2"}, 2,
               "--stride is given 2 values; it takes one" + see);
}

TEST_F(Conv2dCommand, ANumberBeyondFloat32IsAFailure) {
  // The header of NumPy's file with six values of float64, in columns first order.
  const std::string fixture = file_text(test_folder() + "/../files/npy/rows_f8_fortran.npy");
  const double large = 1e300;
  std::string changed = fixture;
  std::memcpy(changed.data() + changed.size() - 2 * sizeof(large), &large, sizeof(large));
  put_text(path("large.npy"), changed);
  expect_error(
      {"conv2d", "--input", path("large.npy"), "--weight", path("large.npy")},
      {"--output", path("y.npy")}, 1,
      "\"" + path("large.npy") +
          "\" has 1e+300 at (0, 2), which is beyond float32; values up to 3.4e38 are read");
}

TEST_F(Conv2dCommand, UnreadableFilesAreFailures) {
  const std::string w = put("w.npy", Tensor(Shape{1, 1, 1, 1}, 1.0f));
  put_text(path("broken.npy"), file_text(w).substr(0, 130));
  put_text(path("text.png"), "no picture");
  for (const char* input : {"none.npy", "none.png", "broken.npy", "text.png"}) {
    expect_error({"conv2d", "--input", path(input), "--weight", w, "--output", path("y.npy")}, {},
                 1, HasSubstr(input));
    expect_error({"conv2d", "--input", w, "--weight", path(input), "--output", path("y.npy")}, {},
                 1, HasSubstr(input));
  }
}

TEST_F(Conv2dCommand, UnwritableOutputIsAFailure) {
  std::vector<std::string> command = notebook();
  command.back() = path("none/y.npy");
  expect_error(command, {}, 1, HasSubstr("can't be written: No such file or directory"));
}

TEST_F(Conv2dCommand, HelpTellsDefaults) {
  const Called called = call({"conv2d", "--help"});
  EXPECT_EQ(called.exit_code, 0);
  EXPECT_THAT(
      called.out,
      AllOf(HasSubstr("\"valid\" is 0 [0]"), HasSubstr("reflect, replicate or circular [zeros]"),
            HasSubstr("step of the kernel [1]"), HasSubstr("--output-padding")));
}

class Conv2dGradCommand : public CommandTest {
 protected:
  std::vector<std::string> command() const {
    return {"conv2d-grad",
            "--input",
            put("x.npy", random_tensor({2, 3, 5, 6}, 1)),
            "--weight",
            put("w.npy", random_tensor({4, 3, 2, 3}, 2)),
            "--grad-output",
            put("g.npy", random_tensor({2, 4, 4, 4}, 3))};
  }
};

TEST_F(Conv2dGradCommand, WritesOnlyWhatWasAskedFor) {
  std::vector<std::string> c = command();
  c.insert(c.end(), {"--grad-bias", path("gb.npy")});
  const Called called = call(c);
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_EQ(called.out, path("gb.npy") + ": float32 [4]\n");
  EXPECT_THAT(folder_.names(), testing::ElementsAre("g.npy", "gb.npy", "w.npy", "x.npy"));
}

// The output is x + b: −1 and 0 are not above 0 without the bias, −1 not with a bias of 0.5.
TEST_F(Conv2dGradCommand, ReluLetsThroughWhereTheOutputWithItsBiasIsAboveZero) {
  const std::vector<std::string> c{"conv2d-grad",   "--relu",
                                   "--input",       put("x.npy", Tensor::from_rows({{-1, 0, 2}})),
                                   "--weight",      put("w.npy", Tensor::from_rows({{1}})),
                                   "--grad-output", put("g.npy", Tensor::from_rows({{3, 4, 5}})),
                                   "--grad-input",  path("gx.npy"),
                                   "--grad-weight", path("gw.npy"),
                                   "--grad-bias",   path("gb.npy")};
  EXPECT_EQ(call(c).error, "");
  EXPECT_EQ(get("gx.npy"), Tensor::from_rows({{0, 0, 5}}));
  EXPECT_EQ(get("gw.npy"), Tensor::from_rows({{10}}));
  EXPECT_THAT(read_npy_vector(path("gb.npy")).values, testing::ElementsAre(5));
  std::vector<std::string> biased = c;
  biased.insert(biased.end(), {"--bias", put_vector("b.npy", {0.5f})});
  EXPECT_EQ(call(biased).error, "");
  EXPECT_EQ(get("gx.npy"), Tensor::from_rows({{0, 4, 5}}));
  EXPECT_THAT(read_npy_vector(path("gb.npy")).values, testing::ElementsAre(9));
}

TEST_F(Conv2dGradCommand, WrongCalls) {
  expect_error(command(), {"--grad-bias", path("gb.npy"), "--bias", path("b.npy")}, 2,
               "--bias is for --relu only: without it no gradient depends on the bias");
  put_vector("two.npy", {1, 2});
  expect_error(command(), {"--grad-bias", path("gb.npy"), "--relu", "--bias", path("two.npy")}, 2,
               HasSubstr("bias has 2 values"));
  expect_error(command(), {}, 2, HasSubstr("no gradient was asked for"));
  expect_error(command(), {"--grad-bias", path("gb.npy"), "--stride", "2"}, 2,
               HasSubstr("is [2, 4, 4, 4]; it must have the output's shape [2, 4, 2, 2]"));
  expect_error(command(), {"--grad-bias", path("g1.npy"), "--grad-input", path("./g1.npy")}, 2,
               HasSubstr("is named for two outputs"));
}

TEST_F(Conv2dGradCommand, OneUnwritableOutputLeavesNoneOfThem) {
  expect_error(command(), {"--grad-input", path("gx.npy"), "--grad-weight", path("none/gw.npy")}, 1,
               HasSubstr("none/gw.npy\" can't be written"));
}

TEST_F(Conv2dCommand, TellsOnStandardErrorWhatFloat32CannotHold) {
  const std::string fixture = test_folder() + "/../files/npy/rounded_i4.npy";
  const Called called = call({"conv2d", "--input", fixture, "--weight",
                              put("one.npy", Tensor::from_rows({{1}})), "--output", path("y.npy")});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_EQ(called.out, path("y.npy") + ": float32 [1, 1, 2, 2]\n");
  EXPECT_EQ(called.notes,
            "convscope: \"" + fixture +
                "\" holds int32, and 2 of its 4 values are not exact in float32, in which this "
                "program computes; the largest difference is 1: 16777217 at (0, 1) becomes "
                "16777216.\n");
}

}  // namespace
}  // namespace convscope::cli
