// The commands against PyTorch 1.13's autograd through conv2d, ReLU and a pooling.
#include "engine/ops/relu.h"
#include "tests/cli/call.h"
#include "tests/cli/option_arguments.h"
#include "tests/engine/fixture_options.h"

namespace convscope::cli {
namespace {

class TorchBackwardCommand : public CommandTest, public testing::WithParamInterface<FixtureCase> {
 protected:
  Tensor tensor(const char* name) const { return fixture_tensor(GetParam().json.at(name)); }
  std::string put_fixture(const char* name) const { return put(name, tensor(name)); }

  void run(std::vector<std::string> arguments, const std::vector<std::string>& options) const {
    arguments.insert(arguments.end(), options.begin(), options.end());
    EXPECT_EQ(call(arguments).error, "");
  }
};

TEST_P(TorchBackwardCommand, GivesTheGradientsOfConvolutionBehindRelu) {
  const auto bias = GetParam().json.at("bias").get<std::vector<float>>();
  run({"conv2d-grad", "--relu", "--input", put_fixture("input"), "--weight", put_fixture("weight"),
       "--bias", put_vector("b.npy", bias), "--grad-output", put_fixture("grad_activated"),
       "--grad-input", path("gx.npy"), "--grad-weight", path("gw.npy"), "--grad-bias",
       path("gb.npy")},
      as_arguments(conv_options(GetParam().json)));
  EXPECT_EQ(get("gx.npy"), tensor("grad_input"));
  EXPECT_EQ(get("gw.npy"), tensor("grad_weight"));
  EXPECT_EQ(read_npy_vector(path("gb.npy")).values, GetParam().json.at("grad_bias"));
}

TEST_P(TorchBackwardCommand, GivesTheGradientOfPooling) {
  const Pool2dOptions pool = pool_options(GetParam().json.at("pool"));
  if (pool.divisor_override != 0) return;  // the command has no option for it
  run({"pool2d-grad", "--input", put("a.npy", relu(tensor("output"))), "--grad-output",
       put_fixture("grad_pooled"), "--grad-input", path("ga.npy")},
      as_arguments(pool));
  EXPECT_EQ(get("ga.npy"), tensor("grad_activated"));
}

std::string name_of(const testing::TestParamInfo<FixtureCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, TorchBackwardCommand,
                         testing::ValuesIn(load_cases(test_folder() +
                                                      "/../engine/explain/fixtures/backward.json")),
                         name_of);

}  // namespace
}  // namespace convscope::cli
