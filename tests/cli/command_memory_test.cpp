// Commands tell what would take more memory than they may take, before they take it.
#include "tests/cli/call.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class CommandMemory : public CommandTest {
 protected:
  void SetUp() override {
    put("x.npy", Tensor(Shape{1, 1, 300, 400}, 0.5f));  // 480 kB, with its file 960 kB
    put("w.npy", Tensor(Shape{1, 1, 3, 3}, 1.0f));
  }

  // `arguments` fail where they may take `bytes`, and write nothing.
  void expect_refused(const std::vector<std::string>& arguments, Bytes bytes,
                      const testing::Matcher<std::string>& message) const {
    const std::vector<std::string> before = folder_.names();
    const Called called = call(arguments, {bytes, "half of a machine's memory"});
    EXPECT_EQ(called.exit_code, 1) << testing::PrintToString(arguments);
    EXPECT_THAT(called.error, AllOf(message, EndsWith(" altogether, half of a machine's memory")));
    EXPECT_EQ(folder_.names(), before);
    EXPECT_EQ(call(arguments).exit_code, 0) << call(arguments).error;
  }
};

TEST_F(CommandMemory, Conv2dOfAFewPixelsWithALargeStride) {
  put("small.npy", Tensor(Shape{1, 1, 30, 40}, 0.5f));
  expect_refused({"conv2d", "--input", path("small.npy"), "--weight", path("w.npy"), "--output",
                  path("y.npy"), "--transposed", "--stride", "64"},
                 10e6,
                 StartsWith("the output would have the shape [1, 1, 1859, 2499] and take 18.6 MB; "
                            "results may take 10 MB"));
}

TEST_F(CommandMemory, Conv2dOfAnInputThatIsTooLargeIsNotRead) {
  expect_refused(
      {"conv2d", "--input", path("x.npy"), "--weight", path("w.npy"), "--output", path("y.npy")},
      900e3, StartsWith("\"" + path("x.npy") + "\" would be read and take 960 kB; "));
}

// The output has 6 x 6 cells; what is copied for four of its rows does not fit.
TEST_F(CommandMemory, Conv2dWithPaddedRowsThatAreTooLarge) {
  put("cell.npy", Tensor(Shape{1, 1, 1, 1}, 1.0f));
  const Called called = call({"conv2d", "--input", path("cell.npy"), "--weight", path("cell.npy"),
                              "--output", path("y.npy"), "--padding", "50000", "--stride", "20000"},
                             {10e9, "half of a machine's memory"});
  EXPECT_EQ(called.exit_code, 1);
  EXPECT_THAT(called.error, StartsWith("weights and padded rows would be copied and take "));
}

TEST_F(CommandMemory, GradientsAreCounted) {
  put("g.npy", Tensor(Shape{1, 1, 298, 398}, 1.0f));
  const std::vector<std::string> command{"conv2d-grad", "--input",      path("x.npy"),
                                         "--weight",    path("w.npy"),  "--grad-output",
                                         path("g.npy"), "--grad-input", path("gx.npy")};
  expect_refused(command, 2e6,
                 HasSubstr("the gradient by the input would have the shape "
                           "[1, 1, 300, 400] and take 480 kB, 2.39 MB with"));
}

TEST_F(CommandMemory, PoolingIsCountedWithItsIndices) {
  expect_refused({"pool2d", "--kind", "max", "--input", path("x.npy"), "--kernel", "1", "--stride",
                  "1", "--output", path("p.npy")},
                 2e6,
                 StartsWith("the output would have the shape [1, 1, 300, 400] and take 1.44 "
                            "MB, 2.4 MB with what is there before it; "));
}

TEST_F(CommandMemory, AGradientThroughReluCountsTheOutput) {
  put("g.npy", Tensor(Shape{1, 1, 298, 398}, 1.0f));
  expect_refused({"conv2d-grad", "--relu", "--input", path("x.npy"), "--weight", path("w.npy"),
                  "--grad-output", path("g.npy"), "--grad-bias", path("gb.npy")},
                 2e6,
                 StartsWith("the convolution's output would have the shape [1, 1, 298, 398] and "
                            "take 474 kB, 2.38 MB with"));
}

TEST_F(CommandMemory, AGradientOfPoolingIsCounted) {
  std::vector<std::string> command{"pool2d-grad",
                                   "--kind",
                                   "max",
                                   "--input",
                                   path("x.npy"),
                                   "--grad-output",
                                   path("x.npy"),
                                   "--grad-input",
                                   path("gx.npy"),
                                   "--kernel",
                                   "1"};
  expect_refused(command, 2e6,
                 StartsWith("the gradient by the input would have the shape [1, 1, 300, 400] and "
                            "take 480 kB, 2.4 MB with"));
  expect_refused(command, 3e6,
                 StartsWith("the output would have the shape [1, 1, 300, 400] and take 1.44 MB"));
  PendingFile file(path("i.npy"));
  write_npy_indices(file, {1, 1, 300, 400}, std::vector<Index>(120000));
  file.commit();
  command.insert(command.end(), {"--indices", path("i.npy")});
  expect_refused(command, 3e6, StartsWith("\"" + path("i.npy") + "\" would be read and take "));
}

TEST_F(CommandMemory, LearningIsCountedWithItsSumsAndStartWeights) {
  put("t.npy", Tensor(Shape{1, 1, 298, 398}, 1.0f));
  const auto learn = [&](const std::string& kernel) {
    return std::vector<std::string>{
        "learn", "--input", path("x.npy"), "--target", path("t.npy"), "--kernel",   kernel,
        "--lr",  "1e-9",    "--steps",     "1",        "--output",    path("l.npy")};
  };
  expect_refused(learn("3"), 2.5e6, HasSubstr("a prediction with its error would have the shape"));
  expect_refused(learn("3"), 3.5e6, HasSubstr("weights and padded rows would be copied"));
  std::vector<std::string> large = learn("100000");
  large.insert(large.end(), {"--padding", "49998"});
  const Called called = call(large, {10e9, "half of a machine's memory"});
  EXPECT_EQ(called.exit_code, 1);
  EXPECT_THAT(called.error, StartsWith("the start weights would have the shape [1, 1, 100000, "
                                       "100000] and take 80 GB; "));
}

TEST_F(CommandMemory, InfoOfASceneTellsWhichOutputIsTooLarge) {
  put_text(path("s.json"),
           R"({"format": "convscope-scene", "version": 1,
               "input": {"pattern": "noise", "size": [1024, 1024]},
               "conv": {"transposed": true, "stride": [64, 64]}})");
  const Called called = call({"info", path("s.json")}, {6e9, "a quarter of a machine's memory"});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_THAT(called.out,
              HasSubstr("\nlayer 1 output: none, layer 1's output would have the shape [1, 1, "
                        "65473, 65474] and take 17.1 GB; results may take 6 GB altogether, a "
                        "quarter of a machine's memory\n"));
}

}  // namespace
}  // namespace convscope::cli
