#include "engine/learning/direction_text.h"

#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using testing::Contains;
using testing::StartsWith;

std::vector<std::string> texts_of(const Tensor& input, const Shape& weight, bool bias = false) {
  const LearningProblem problem{
      input, Tensor(conv2d_output_shape(input.shape(), weight, {}), 1.0f), {}, Reduction::kSum};
  const QuadraticLoss loss = QuadraticLoss::build(problem, weight, bias).value();
  const QuadraticAnalysis analysis = analyse(loss);
  std::vector<std::string> texts;
  for (Index k = 0; k < loss.size(); ++k)
    texts.push_back(direction_text(loss, analysis, 0, k));
  return texts;
}

TEST(DirectionText, OfTheNotebooksTwoWeights) {
  EXPECT_EQ(texts_of(make_pattern("edge", {6, 8}, 0), {1, 1, 1, 2}),
            (std::vector<std::string>{"The sum of the weights: all of them move alike.",
                                      "The difference of the two weights; their sum stays."}));
}

TEST(DirectionText, AConstantInputTeachesTheSumOnly) {
  const std::vector<std::string> texts = texts_of(Tensor(Shape{1, 1, 6, 8}, 1.0f), {1, 1, 2, 2});
  EXPECT_EQ(texts[0], "The sum of the weights: all of them move alike.");
  for (std::size_t k = 1; k < 4; ++k)
    EXPECT_THAT(texts[k], testing::EndsWith("The loss is the same all along: nothing is learned "
                                            "here."));
}

TEST(DirectionText, NamesHalvesAndSums) {
  const Tensor edge = make_pattern("edge", {12, 16}, 0);
  const std::vector<std::string> texts = texts_of(edge, {1, 1, 2, 4});
  EXPECT_THAT(texts, Contains(StartsWith("The left half against the right half; the sum of")));
  EXPECT_THAT(texts, Contains(StartsWith("The sums of the columns: all rows move alike")));
  const std::vector<std::string> turned = texts_of(transposed(edge), {1, 1, 4, 2});
  EXPECT_THAT(turned, Contains(StartsWith("The upper half against the lower half; the sum of")));
  EXPECT_THAT(turned, Contains(StartsWith("The sums of the rows: all columns move alike")));
}

TEST(DirectionText, KnowsTheBias) {
  EXPECT_EQ(texts_of(Tensor(Shape{1, 1, 4, 4}), {1, 1, 1, 2}, true)[0], "The bias.");
  EXPECT_THAT(texts_of(random_tensor({1, 1, 9, 9}, 4), {1, 1, 3, 3}, true),
              Contains(testing::HasSubstr(", and the bias with it.")));
}

}  // namespace
}  // namespace convscope::engine
