#include "engine/ops/relu.h"

#include <limits>

#include "engine/core/error.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

TEST(Relu, KeepsWhatIsPositive) {
  const float inf = std::numeric_limits<float>::infinity();
  EXPECT_EQ(relu(Tensor::from_rows({{-2, -0.5f, 0, 0.5f, 2, -inf, inf}})),
            Tensor::from_rows({{0, 0, 0, 0.5f, 2, 0, inf}}));
}

TEST(Relu, KeepsNan) {
  const Tensor output = relu(Tensor::from_rows({{std::numeric_limits<float>::quiet_NaN(), 1}}));
  EXPECT_TRUE(std::isnan(output.at(0, 0)));
  EXPECT_EQ(output.at(0, 1), 1.0f);
}

TEST(Relu, WorksInPlace) {
  Tensor tensor = Tensor::from_rows({{-1, 3}});
  relu_into(tensor, tensor);
  EXPECT_EQ(tensor, Tensor::from_rows({{0, 3}}));
}

TEST(Relu, GradientPassesWhereTheInputIsPositive) {
  EXPECT_EQ(relu_grad(Tensor::from_rows({{1, 2, 3}}), Tensor::from_rows({{-1, 0, 0.5f}})),
            Tensor::from_rows({{0, 0, 3}}));
}

TEST(Relu, GradientWorksInPlace) {
  Tensor gradient = Tensor::from_rows({{1, 2, 3}});
  relu_grad_into(gradient, Tensor::from_rows({{-1, 0, 0.5f}}), gradient);
  EXPECT_EQ(gradient, Tensor::from_rows({{0, 0, 3}}));
}

// threshold_backward of PyTorch 1.13 asks for x <= 0, which is false for NaN.
TEST(Relu, GradientPassesNan) {
  const Tensor input = Tensor::from_rows({{std::numeric_limits<float>::quiet_NaN(), -1}});
  EXPECT_EQ(relu_grad(Tensor::from_rows({{3, 4}}), input), Tensor::from_rows({{3, 0}}));
}

TEST(Relu, GradientRefusesAnotherShape) {
  EXPECT_THROW(relu_grad(Tensor(Shape{1, 1, 1, 2}), Tensor(Shape{1, 1, 2, 1})), Error);
}

}  // namespace
}  // namespace convscope::engine
