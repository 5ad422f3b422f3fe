// Every result that the notebook prints can be stated, and holds.
#include <gmock/gmock.h>

#include "tests/lesson/lessons.h"

namespace convscope::lesson {
namespace {

// Returns what doesn't hold of a step with this scene and text.
std::vector<std::string> failures(const std::string& scene, const std::string& text) {
  const LessonCheck check =
      check_lesson(lesson_of("# N\n\n## S\n\n```scene\n" + scene + "\n```\n\n" + text + "\n"));
  EXPECT_GT(check.stated, 0u) << text;
  return check.failures;
}

TEST(Notebook, ConvLayers) {
  const std::string layer =
      R"({"input": {"values": {"random": [32, 3, 128, 128]}},
          "kernel": {"layer": true, "weight": {"random": [7, 3, 5, 5]}})";
  EXPECT_THAT(failures(layer + "}", "{output.nchw = [32, 7, 124, 124]}"), testing::IsEmpty());
  EXPECT_THAT(failures(layer + R"(, "conv": {"padding": [2, 2, 2, 2]}})",
                       "{output.nchw = [32, 7, 128, 128]} {kernel.nchw = [7, 3, 5, 5]} "
                       "{bias.count = 7} {layer.parameters = 532} {input.nchw = [32, 3, 128, 128]} "
                       "{pooled.nchw = [32, 7, 64, 64]} {pool.parameters = 0}"),
              testing::IsEmpty());
}

// A fully connected layer is a 1 x 1 convolution of a picture with a single cell.
TEST(Notebook, AFullyConnectedLayer) {
  EXPECT_THAT(failures(R"({"input": {"values": {"random": [1, 100, 1, 1]}},
                           "kernel": {"layer": true, "weight": {"random": [30, 100, 1, 1]}}})",
                       "{layer.weights = 3000} {layer.biases = 30} {layer.linear_parameters = "
                       "3 030} {kernel.pictures = 30} {kernel.channels = 100}"),
              testing::IsEmpty());
}

TEST(Notebook, CrossCorrelationAndEdges) {
  EXPECT_THAT(failures("first-sum", "{output = [[19, 25], [37, 43]]}"), testing::IsEmpty());
  EXPECT_THAT(failures("edge",
                       "{input[0,:] = [1, 1, 0, 0, 0, 0, 1, 1]} {output.shape = 6 × 7} "
                       "{output[0,:] = [0, 1, 0, 0, 0, −1, 0]} {output[5,:] = [0, 1, 0, 0, 0, −1, "
                       "0]}"),
              testing::IsEmpty());
  EXPECT_THAT(
      failures("horizontal-edges", "{output.shape = 8 × 5} {output.min = 0} {output.max = 0}"),
      testing::IsEmpty());
}

TEST(Notebook, PaddingAndStride) {
  const auto square = [](const std::string& more) {
    return R"({"input": {"pattern": "noise", "size": [8, 8]}, )" + more + "}";
  };
  EXPECT_THAT(failures(square(R"("kernel": {"weight": {"random": [1, 1, 3, 3]}},
                                 "conv": {"padding": [1, 1, 1, 1]})"),
                       "{output.shape = 8 × 8} {padding = 1}"),
              testing::IsEmpty());
  EXPECT_THAT(failures(square(R"("kernel": {"weight": {"random": [1, 1, 3, 3]}})"),
                       "{output.shape = 6 × 6} {padding = 0}"),
              testing::IsEmpty());
  EXPECT_THAT(failures(square(R"("kernel": {"weight": {"random": [1, 1, 5, 3]}},
                                 "conv": {"padding": [2, 1, 2, 1]})"),
                       "{output.shape = 8 × 8} {padding = (2, 1)} {kernel.size = 5 × 3}"),
              testing::IsEmpty());
  EXPECT_THAT(failures("first-sum", "{output = [[19, 25], [37, 43]]}"), testing::IsEmpty());
  const std::string sum = R"({"input": {"values": [[0, 1, 2], [3, 4, 5], [6, 7, 8]]},
                              "kernel": {"weight": [[0, 1], [2, 3]]},
                              "conv": {"padding": [1, 1, 1, 1])";
  EXPECT_THAT(
      failures(sum + "}}",
               "{output = [[0, 3, 8, 4], [9, 19, 25, 10], [21, 37, 43, 16], [6, 7, 8, 0]]}"),
      testing::IsEmpty());
  EXPECT_THAT(failures(sum + R"(, "stride": [2, 2]}})",
                       "{output = [[0, 8], [21, 43]]} {output.rows = 2} {stride = 2} "
                       "{dropped.rows = 1}"),
              testing::IsEmpty());
}

}  // namespace
}  // namespace convscope::lesson
