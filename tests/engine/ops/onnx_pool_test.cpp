// The node tests that ONNX publishes for MaxPool and AveragePool, and padding on four sides after
// ONNX's definition.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/fixture.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

// As made() in fixtures/make_onnx_fixtures.py.
Tensor made(const Shape& shape) {
  Tensor result(shape);
  for (Index i = 0; i < result.numel(); ++i)
    result.data()[i] = static_cast<float>((i * 7919 + 13) % 1009 - 504) / 4.0f;
  return result;
}

// ONNX's attributes as options.
Pool2dOptions options_of(const nlohmann::json& c, const Shape& input) {
  Pool2dOptions o;
  o.kind = c.at("op") == "MaxPool" ? PoolKind::kMax : PoolKind::kAverage;
  o.kernel = fixture_yx(c.at("kernel_shape"));
  o.stride = fixture_yx(c.at("strides"));
  o.dilation = fixture_yx(c.at("dilations"));
  o.ceil_mode = c.at("ceil_mode").get<bool>();
  o.count_include_pad = c.at("count_include_pad").get<bool>();
  o.allow_large_padding = true;
  const nlohmann::json& p = c.at("pads");
  o.padding = {p.at(0).get<Index>(), p.at(1).get<Index>(), p.at(2).get<Index>(),
               p.at(3).get<Index>()};
  if (c.at("auto_pad") != "NOTSET") o.padding = same_padding(input, o);
  // There is no choice for it: it is the padding of "same" turned round.
  if (c.at("auto_pad") == "SAME_LOWER")
    o.padding = {o.padding.bottom, o.padding.right, o.padding.top, o.padding.left};
  return o;
}

// The indices as ONNX numbers them where its storage order is 1: x * H + y.
std::vector<Index> column_major(std::vector<Index> indices, const Shape& input) {
  for (Index& index : indices)
    if (index >= 0) index = index % input.w * input.h + index / input.w;
  return indices;
}

std::string name_of(const testing::TestParamInfo<FixtureCase>& info) {
  return info.param.name;
}

class OnnxPool : public testing::TestWithParam<FixtureCase> {};

TEST_P(OnnxPool, GivesTheSame) {
  const nlohmann::json& c = GetParam().json;
  const nlohmann::json& x = c.at("input");
  const Shape shape = fixture_shape(x.at("shape"));
  const Tensor input = x.contains("values") ? fixture_tensor(x) : made(shape);
  const Pool2dOptions options = options_of(c, shape);
  if (options.kind == PoolKind::kAverage && options.dilation != Yx{1, 1}) {
    // As in PyTorch; ONNX has it since its operator set 19.
    EXPECT_THROW(static_cast<void>(pool2d_output_shape(shape, options)), Error);
    return;
  }
  const Tensor expected = fixture_tensor(c.at("output"));
  for (const Pool2dResult& result : {pool2d(input, options), reference::pool2d(input, options)}) {
    ASSERT_EQ(result.output.shape(), expected.shape());
    for (Index i = 0; i < expected.numel(); ++i) {
      if (std::isinf(expected.data()[i]))
        EXPECT_EQ(result.output.data()[i], expected.data()[i]) << "at " << i;
      else
        EXPECT_NEAR(result.output.data()[i], expected.data()[i], 1e-4) << "at " << i;
    }
    if (options.kind != PoolKind::kMax) continue;
    const auto indices = c.at("indices").get<std::vector<Index>>();
    const bool columns = c.at("storage_order") == 1;
    EXPECT_EQ(columns ? column_major(result.indices, shape) : result.indices, indices);
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, OnnxPool, testing::ValuesIn(load_fixture("onnx_pool.json")),
                         name_of);

}  // namespace
}  // namespace convscope::engine
