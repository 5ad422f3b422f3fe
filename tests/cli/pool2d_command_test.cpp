#include "app/files/arrays/npy_write.h"
#include "engine/ops/pool2d.h"

#include "tests/cli/call.h"
#include "tests/cli/option_arguments.h"
#include "tests/engine/arbitrary.h"
#include "tests/test_folder.h"

namespace convscope::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Pool2dCommand : public CommandTest {
 protected:
  std::vector<std::string> command(const std::string& kind) const {
    const Tensor x = Tensor::from_rows({{1, 2, 3}, {4, 9, 6}, {7, 8, 5}});
    return {"pool2d",   "--kind", kind,       "--input",    put("x.npy", x),
            "--kernel", "2",      "--output", path("y.npy")};
  }
};

TEST_F(Pool2dCommand, StrideIsTheKernelUnlessGiven) {
  ASSERT_EQ(call(command("max")).exit_code, 0);
  EXPECT_EQ(get("y.npy"), Tensor::from_rows({{9}}));
  std::vector<std::string> c = command("avg");
  c.insert(c.end(), {"--stride", "1"});
  ASSERT_EQ(call(c).exit_code, 0);
  EXPECT_EQ(get("y.npy"), Tensor::from_rows({{4, 5}, {7, 7}}));
}

TEST_F(Pool2dCommand, IndicesAreInt64OfTheOutputsShape) {
  std::vector<std::string> c = command("max");
  c.insert(c.end(), {"--ceil", "--indices", path("i.npy")});
  const Called called = call(c);
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_EQ(called.out,
            path("y.npy") + ": float32 [1, 1, 2, 2]\n" + path("i.npy") + ": int64 [1, 1, 2, 2]\n");
  EXPECT_EQ(get("y.npy"), Tensor::from_rows({{9, 6}, {8, 5}}));
  EXPECT_THAT(read_npy_indices(path("i.npy")), ElementsAre(4, 5, 7, 8));
}

TEST_F(Pool2dCommand, ItsIndicesAreReadByOtherCommands) {
  std::vector<std::string> c = command("max");
  c.insert(c.end(), {"--ceil", "--indices", path("i.npy")});
  ASSERT_EQ(call(c).exit_code, 0);
  EXPECT_THAT(call({"info", path("i.npy")}).out, HasSubstr("min: 4\nmax: 8\n"));
  const Called called = call({"conv2d", "--input", path("i.npy"), "--weight",
                              put("one.npy", Tensor::from_rows({{1}})), "--output", path("z.npy")});
  EXPECT_EQ(called.error, "");
  EXPECT_EQ(called.notes, "");
  EXPECT_EQ(get("z.npy"), Tensor::from_rows({{4, 5}, {7, 8}}));
}

RC_GTEST_PROP(Pool2dCommandRandom, FilesHoldWhatTheEngineComputes, ()) {
  PoolCase c = arbitrary_pool_case();
  c.options.divisor_override = 0;  // the command has no option for it
  const bool max = c.options.kind == PoolKind::kMax;
  if (max) c.options.count_include_pad = true;
  const TempFolder folder;
  const Tensor x = random_tensor(c.input, 1);
  write_npy(folder / "x.npy", x);
  std::vector<std::string> arguments{"pool2d", "--input", folder / "x.npy", "--output",
                                     folder / "y.npy"};
  const std::vector<std::string> options = as_arguments(c.options);
  arguments.insert(arguments.end(), options.begin(), options.end());
  if (max) arguments.insert(arguments.end(), {"--indices", folder / "i.npy"});
  RC_ASSERT(call(arguments).error == "");
  const Pool2dResult expected = pool2d(x, c.options);
  RC_ASSERT(read_npy(folder / "y.npy").tensor == expected.output);
  if (max) RC_ASSERT(read_npy_indices(folder / "i.npy") == expected.indices);
}

TEST_F(Pool2dCommand, PaddingIsOfFourSidesSameOrValid) {
  const auto pooled = [&](const std::string& kind, const std::vector<std::string>& more) {
    std::vector<std::string> c = command(kind);
    c.insert(c.end(), more.begin(), more.end());
    const Called called = call(c);
    EXPECT_EQ(called.error, "");
    return get("y.npy");
  };
  EXPECT_EQ(pooled("max", {"--padding", "valid"}), Tensor::from_rows({{9}}));
  EXPECT_EQ(pooled("max", {"--padding", "same"}), Tensor::from_rows({{9, 6}, {8, 5}}));
  EXPECT_EQ(pooled("max", {"--padding", "1,1,0,0"}), Tensor::from_rows({{1, 3}, {7, 9}}));
  EXPECT_EQ(pooled("avg", {"--padding", "same", "--exclude-pad"}),
            Tensor::from_rows({{4, 4.5f}, {7.5f, 5}}));
  EXPECT_EQ(pooled("avg", {"--padding", "0,2,0,0", "--stride", "2,3", "--allow-large-padding"}),
            Tensor::from_rows({{0, 5}}));
}

TEST_F(Pool2dCommand, WrongCalls) {
  expect_error(command("min"), {}, 2, HasSubstr("--kind is \"min\"; it must be max or avg"));
  expect_error(command("avg"), {"--indices", path("i.npy")}, 2, HasSubstr("--kind max only"));
  expect_error(command("max"), {"--exclude-pad"}, 2, HasSubstr("--kind avg only"));
  expect_error(command("avg"), {"--dilation", "2"}, 2, HasSubstr("only for max pooling"));
  expect_error(
      command("max"), {"--padding", "0,0,2,0"}, 2,
      "--padding 0,0,2,0 is more than half the kernel (2, 2); it must be at most (1, 1), or "
      "--allow-large-padding given");
  expect_error(command("max"), {"--padding", "full"}, 2, HasSubstr("--padding is \"full\""));
  expect_error(command("max"), {"--padding=-1"}, 2, HasSubstr("must not be negative"));
  expect_error(command("max"), {"--padding", "same", "--stride", "0"}, 2,
               HasSubstr("must be at least 1"));
  expect_error(command("max"), {"--stride", "0"}, 2, HasSubstr("must be at least 1"));
  expect_error(command("max"), {"--dilation", "9"}, 2, HasSubstr("does not fit into input"));
  expect_error(command("max"), {"--indices", path("y.npy")}, 2, HasSubstr("two outputs"));
  expect_error({"pool2d", "--kind", "max"}, {}, 2, HasSubstr("is required"));
}

TEST_F(Pool2dCommand, Failures) {
  std::vector<std::string> c = command("max");
  c[4] = path("none.npy");
  expect_error(c, {}, 1, HasSubstr("there is no file"));
  expect_error(command("max"), {"--indices", path("none/i.npy")}, 1, HasSubstr("none/i.npy"));
}

TEST_F(Pool2dCommand, SaysThatATransparentPictureWasPutOnWhite) {
  const std::string picture = test_folder() + "/../files/pictures/grey_alpha.png";
  const Called called = call(
      {"pool2d", "--kind", "max", "--input", picture, "--kernel", "1", "--output", path("y.npy")});
  EXPECT_EQ(called.error, "");
  EXPECT_THAT(called.notes,
              HasSubstr("grey_alpha.png\" can be seen through in parts; they were put on white."));
}

}  // namespace
}  // namespace convscope::cli
