// What PyTorch 1.13's autograd gives behind a convolution, its ReLU and a pooling: the gradients of
// the engine, and the terms that explain them.
#include "engine/explain/explain_backward.h"
#include "engine/explain/explain_grad_weight.h"
#include "engine/ops/padded_gradient.h"
#include "engine/ops/relu.h"
#include "tests/engine/fixture_options.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

class TorchBackward : public testing::TestWithParam<FixtureCase> {
 protected:
  Tensor tensor(const char* name) const { return fixture_tensor(GetParam().json.at(name)); }

  const Conv2dOptions conv_ = conv_options(GetParam().json);
  const Pool2dOptions pool_ = pool_options(GetParam().json.at("pool"));
  const Tensor input_ = tensor("input");
  const Tensor weight_ = tensor("weight");
  const std::vector<float> bias_ = GetParam().json.at("bias").get<std::vector<float>>();
  const Tensor output_ = tensor("output");
  const Tensor grad_pooled_ = tensor("grad_pooled");
  const Tensor grad_activated_ = tensor("grad_activated");
  const Tensor grad_output_ = tensor("grad_output");
};

TEST_P(TorchBackward, EveryStepGivesTheSame) {
  EXPECT_EQ(conv2d(input_, weight_, bias_, conv_), output_);
  const Tensor activated = relu(output_);
  const Pool2dResult pooled = pool2d(activated, pool_);
  if (pool_.kind == PoolKind::kMax) {
    EXPECT_EQ(pooled.indices, GetParam().json.at("indices").get<std::vector<Index>>());
    EXPECT_EQ(max_pool2d_grad(grad_pooled_, pooled.indices, output_.shape(), pool_),
              grad_activated_);
  } else {
    EXPECT_EQ(avg_pool2d_grad(grad_pooled_, output_.shape(), pool_), grad_activated_);
  }
  EXPECT_EQ(relu_grad(grad_activated_, output_), grad_output_);
  EXPECT_EQ(conv2d_grad_padded_input(grad_output_, weight_, input_.shape(), conv_),
            tensor("grad_padded"));
  EXPECT_EQ(conv2d_grad_input(grad_output_, weight_, input_.shape(), conv_), tensor("grad_input"));
  EXPECT_EQ(conv2d_grad_weight(input_, grad_output_, weight_.shape(), conv_),
            tensor("grad_weight"));
  EXPECT_EQ(conv2d_grad_bias(grad_output_), GetParam().json.at("grad_bias"));
}

// Calls check(n, c, y, x, value) for every cell.
template <typename Check>
void for_each_cell(const Tensor& tensor, const Check& check) {
  const Shape& s = tensor.shape();
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        for (Index x = 0; x < s.w; ++x)
          check(n, c, y, x, static_cast<double>(tensor.at(n, c, y, x)));
      }
    }
  }
}

TEST_P(TorchBackward, EveryCellOfPoolingAndReluIsExplained) {
  const Tensor activated = relu(output_);
  const Pool2dResult pooled = pool2d(activated, pool_);
  for_each_cell(grad_activated_, [&](Index n, Index c, Index y, Index x, double expected) {
    EXPECT_EQ(explain_pool_grad(grad_pooled_, pooled.indices, activated, pool_, n, c, {y, x}).total,
              expected);
  });
  for_each_cell(grad_output_, [&](Index n, Index c, Index y, Index x, double expected) {
    EXPECT_EQ(double{explain_relu_grad(grad_activated_, output_, n, c, {y, x}).result()}, expected);
  });
}

TEST_P(TorchBackward, EveryCellOfTheConvolutionIsExplained) {
  for_each_cell(tensor("grad_input"), [&](Index n, Index c, Index y, Index x, double expected) {
    EXPECT_EQ(explain_grad_input(grad_output_, weight_, input_.shape(), conv_, n, c, {y, x}).total,
              expected);
  });
  for_each_cell(tensor("grad_weight"), [&](Index n, Index c, Index y, Index x, double expected) {
    EXPECT_EQ(
        explain_grad_weight(input_, grad_output_, weight_.shape(), conv_, {n, c, y, x}).value(),
        expected);
  });
  if (conv_.transposed) return;
  // In the ring each cell for itself; inside of it without the share of its copies.
  const Padding& p = conv_.padding;
  for_each_cell(tensor("grad_padded"), [&](Index n, Index c, Index y, Index x, double expected) {
    const Yx cell{y - p.top, x - p.left};
    Conv2dOptions options = conv_;
    if (cell.y >= 0 && cell.x >= 0 && cell.y < input_.shape().h && cell.x < input_.shape().w)
      options.padding_mode = PaddingMode::kZeros;
    EXPECT_EQ(explain_grad_input(grad_output_, weight_, input_.shape(), options, n, c, cell).total,
              expected);
  });
}

std::string name_of(const testing::TestParamInfo<FixtureCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, TorchBackward, testing::ValuesIn(load_fixture("backward.json")),
                         name_of);

}  // namespace
}  // namespace convscope::engine
