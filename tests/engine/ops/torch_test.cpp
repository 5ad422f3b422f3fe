// What PyTorch 1.13 computes, for every option of convolution and pooling.
#include "engine/core/error.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/fixture_options.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

std::string name_of(const testing::TestParamInfo<FixtureCase>& info) {
  return info.param.name;
}

class TorchConv2d : public testing::TestWithParam<FixtureCase> {};

TEST_P(TorchConv2d, GivesTheSame) {
  const nlohmann::json& c = GetParam().json;
  const Conv2dOptions options = conv_options(c);
  const Shape input_shape = fixture_shape(c.at("input").at("shape"));
  const Shape weight_shape = fixture_shape(c.at("weight").at("shape"));
  if (GetParam().refused()) {
    EXPECT_THROW(static_cast<void>(conv2d_output_shape(input_shape, weight_shape, options)), Error);
    return;
  }
  const Tensor input = fixture_tensor(c.at("input"));
  const Tensor weight = fixture_tensor(c.at("weight"));
  const Tensor grad = fixture_tensor(c.at("grad_output"));
  std::vector<float> bias;
  if (c.contains("bias")) bias = c.at("bias").get<std::vector<float>>();
  // The values are chosen such that no order of summing rounds.
  const Tensor output = fixture_tensor(c.at("output"));
  EXPECT_EQ(conv2d(input, weight, bias, options), output);
  EXPECT_EQ(reference::conv2d(input, weight, bias, options), output);
  const Tensor grad_input = fixture_tensor(c.at("grad_input"));
  EXPECT_EQ(conv2d_grad_input(grad, weight, input_shape, options), grad_input);
  EXPECT_EQ(reference::conv2d_grad_input(grad, weight, input_shape, options), grad_input);
  const Tensor grad_weight = fixture_tensor(c.at("grad_weight"));
  EXPECT_EQ(conv2d_grad_weight(input, grad, weight_shape, options), grad_weight);
  EXPECT_EQ(reference::conv2d_grad_weight(input, grad, weight_shape, options), grad_weight);
  if (c.contains("grad_bias")) {
    const auto grad_bias = c.at("grad_bias").get<std::vector<float>>();
    EXPECT_EQ(conv2d_grad_bias(grad), grad_bias);
    EXPECT_EQ(reference::conv2d_grad_bias(grad), grad_bias);
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, TorchConv2d, testing::ValuesIn(load_fixture("conv2d.json")),
                         name_of);

// NaN where the other has NaN, else equal to 6 digits (averages divide by 3).
void expect_same(const Tensor& actual, const Tensor& expected) {
  ASSERT_EQ(actual.shape(), expected.shape());
  for (Index i = 0; i < actual.numel(); ++i) {
    const float a = actual.data()[i];
    const float e = expected.data()[i];
    if (std::isnan(e))
      EXPECT_TRUE(std::isnan(a)) << "at " << i;
    else if (std::isinf(e))
      EXPECT_EQ(a, e) << "at " << i;
    else
      EXPECT_NEAR(a, e, 1e-6) << "at " << i;
  }
}

class TorchPool2d : public testing::TestWithParam<FixtureCase> {};

TEST_P(TorchPool2d, GivesTheSame) {
  const nlohmann::json& c = GetParam().json;
  const Pool2dOptions options = pool_options(c);
  const Shape input_shape = fixture_shape(c.at("input").at("shape"));
  if (GetParam().refused()) {
    EXPECT_THROW(static_cast<void>(pool2d_output_shape(input_shape, options)), Error);
    return;
  }
  const Tensor input = fixture_tensor(c.at("input"));
  const Tensor grad = fixture_tensor(c.at("grad_output"));
  const Tensor grad_input = fixture_tensor(c.at("grad_input"));
  const Pool2dResult result = pool2d(input, options);
  const Pool2dResult plain = reference::pool2d(input, options);
  expect_same(result.output, fixture_tensor(c.at("output")));
  expect_same(plain.output, fixture_tensor(c.at("output")));
  if (options.kind == PoolKind::kMax) {
    const auto indices = c.at("indices").get<std::vector<Index>>();
    EXPECT_EQ(result.indices, indices);
    EXPECT_EQ(plain.indices, indices);
    expect_same(max_pool2d_grad(grad, indices, input_shape), grad_input);
    expect_same(reference::max_pool2d_grad(grad, indices, input_shape), grad_input);
  } else {
    expect_same(avg_pool2d_grad(grad, input_shape, options), grad_input);
    expect_same(reference::avg_pool2d_grad(grad, input_shape, options), grad_input);
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, TorchPool2d, testing::ValuesIn(load_fixture("pool2d.json")),
                         name_of);

}  // namespace
}  // namespace convscope::engine
