#include "app/files/arrays/npy_write.h"
#include "engine/ops/pool2d.h"

#include "tests/cli/call.h"
#include "tests/cli/option_arguments.h"
#include "tests/engine/arbitrary.h"

namespace convscope::cli {
namespace {

using testing::HasSubstr;

class Pool2dGradCommand : public CommandTest {
 protected:
  // The maxima of the two windows of 3 x 2 cells are 9, twice: the first one wins.
  std::vector<std::string> command(const std::string& kind) const {
    return {"pool2d-grad",
            "--kind",
            kind,
            "--input",
            put("x.npy", Tensor::from_rows({{1, 2, 3}, {4, 9, 6}, {7, 9, 5}})),
            "--grad-output",
            put("g.npy", Tensor::from_rows({{3, 6}})),
            "--kernel",
            "3,2",
            "--stride",
            "1",
            "--grad-input",
            path("gx.npy")};
  }

  std::string put_indices(const std::string& name, const Shape& shape,
                          const std::vector<Index>& indices) const {
    PendingFile file(path(name));
    write_npy_indices(file, shape, indices);
    file.commit();
    return path(name);
  }
};

TEST_F(Pool2dGradCommand, GivesEachGradientToTheFirstOfTheLargestCells) {
  const Called called = call(command("max"));
  EXPECT_EQ(called.error, "");
  EXPECT_EQ(called.out, path("gx.npy") + ": float32 [1, 1, 3, 3]\n");
  EXPECT_EQ(get("gx.npy"), Tensor::from_rows({{0, 0, 0}, {0, 9, 0}, {0, 0, 0}}));
}

TEST_F(Pool2dGradCommand, IndicesNameOtherWinners) {
  std::vector<std::string> c = command("max");
  c.insert(c.end(), {"--indices", put_indices("i.npy", {1, 1, 1, 2}, {7, 8})});
  EXPECT_EQ(call(c).error, "");
  EXPECT_EQ(get("gx.npy"), Tensor::from_rows({{0, 0, 0}, {0, 0, 0}, {0, 3, 6}}));
}

TEST_F(Pool2dGradCommand, AnAverageSharesItAmongItsWindow) {
  EXPECT_EQ(call(command("avg")).error, "");
  EXPECT_EQ(get("gx.npy"), Tensor::from_rows({{0.5f, 1.5f, 1}, {0.5f, 1.5f, 1}, {0.5f, 1.5f, 1}}));
}

RC_GTEST_PROP(Pool2dGradCommandRandom, FilesHoldWhatTheEngineComputes, ()) {
  PoolCase c = arbitrary_pool_case();
  c.options.divisor_override = 0;  // the command has no option for it
  const bool max = c.options.kind == PoolKind::kMax;
  if (max) c.options.count_include_pad = true;
  const TempFolder folder;
  const Tensor x = random_tensor(c.input, 1);
  const Pool2dResult pooled = pool2d(x, c.options);
  const Tensor grad = random_tensor(pooled.output.shape(), 2);
  write_npy(folder / "x.npy", x);
  write_npy(folder / "g.npy", grad);
  std::vector<std::string> arguments{"pool2d-grad",    "--input",        folder / "x.npy",
                                     "--grad-output",  folder / "g.npy", "--grad-input",
                                     folder / "gx.npy"};
  const std::vector<std::string> options = as_arguments(c.options);
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Tensor expected = max ? max_pool2d_grad(grad, pooled.indices, c.input, c.options)
                              : avg_pool2d_grad(grad, c.input, c.options);
  RC_ASSERT(call(arguments).error == "");
  RC_ASSERT(read_npy(folder / "gx.npy").tensor == expected);
  if (!max) return;
  PendingFile file(folder / "i.npy");
  write_npy_indices(file, pooled.output.shape(), pooled.indices);
  file.commit();
  arguments.insert(arguments.end(), {"--indices", folder / "i.npy"});
  RC_ASSERT(call(arguments).error == "");
  RC_ASSERT(read_npy(folder / "gx.npy").tensor == expected);
}

TEST_F(Pool2dGradCommand, WrongCalls) {
  expect_error(command("min"), {}, 2, HasSubstr("--kind is \"min\"; it must be max or avg"));
  expect_error(command("avg"), {"--indices", path("x.npy")}, 2, HasSubstr("--kind max only"));
  expect_error(command("max"), {"--exclude-pad"}, 2, HasSubstr("--kind avg only"));
  expect_error(command("max"), {"--ceil", "--dilation", "2"}, 2, HasSubstr("does not fit"));
  expect_error(command("max"), {"--padding", "1"}, 2,
               HasSubstr("g.npy\" is [1, 1, 1, 2]; it must have the output's shape [1, 1, 3, 4]"));
  expect_error({"pool2d-grad", "--kind", "max"}, {}, 2, HasSubstr("is required"));
}

TEST_F(Pool2dGradCommand, RefusedIndices) {
  const std::string i = put_indices("i.npy", {1, 1, 1, 2}, {7, 9});
  expect_error(command("max"), {"--indices", i}, 2,
               "--indices \"" + i +
                   "\" does not fit: index 9 lies outside input [1, 1, 3, 3]: it must be from 0 to "
                   "8, or -1 for no cell");
  expect_error(
      command("max"), {"--indices", put_indices("i.npy", {1, 1, 2, 1}, {0, 1})}, 2,
      "--indices \"" + i + "\" is (1, 1, 2, 1); it must have the output's shape [1, 1, 1, 2]");
  expect_error(command("max"), {"--indices", put("f.npy", Tensor::from_rows({{0, 1}}))}, 1,
               HasSubstr("int64 is read here"));
  expect_error(command("max"), {"--indices", path("none.npy")}, 1, HasSubstr("there is no file"));
}

}  // namespace
}  // namespace convscope::cli
