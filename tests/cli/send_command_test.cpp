#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "app/files/arrays/npz_write.h"
#include "tests/cli/call.h"
#include "tests/link/window_stand_in.h"

namespace convscope::cli {
namespace {

using testing::HasSubstr;

class SendTest : public CommandTest {
 protected:
  SendTest() { setenv("XDG_RUNTIME_DIR", folder_.path().c_str(), 1); }
  ~SendTest() override { unsetenv("XDG_RUNTIME_DIR"); }
};

TEST_F(SendTest, ShowsAnArrayInAWindow) {
  const std::string file = put("w.npy", Tensor(Shape{2, 1, 2, 2}, 0.5f));
  link::WindowStandIn window("test", folder_.path() / "convscope");
  const Called called = call({"send", file, "--to", "weight", "--window", "test"});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  EXPECT_THAT(called.out, HasSubstr("weight [2, 1, 2, 2] of the window test"));
  EXPECT_EQ(first_layer(window.scene()).kernel.weight, Tensor(Shape{2, 1, 2, 2}, 0.5f));
}

TEST_F(SendTest, TakesAnArrayOfAnArchiveAndAPicture) {
  const Tensor x(Shape{1, 1, 6, 8}, 3.0f);
  const Tensor k(Shape{1, 1, 2, 2}, 0.25f);
  const std::array<NamedArray, 2> arrays{{{"x", {6, 8}, x.values()}, {"k", {2, 2}, k.values()}}};
  PendingFile file(path("both.npz"));
  write_npz(file, arrays);
  file.commit();
  link::WindowStandIn window("test", folder_.path() / "convscope");
  const auto send = [&](const std::string& what, const char* place) {
    return call({"send", what, "--to", place, "--window", "test"});
  };
  EXPECT_EQ(send(path("both.npz:k"), "weight").exit_code, 0);
  EXPECT_EQ(first_layer(window.scene()).kernel.weight, Tensor(Shape{1, 1, 2, 2}, 0.25f));
  EXPECT_THAT(send(path("both.npz"), "weight").error, HasSubstr("k"));
  put_text(path("grey.pgm"), "P2 3 2 10 0 5 10 10 5 0");
  const Called sent = send(path("grey.pgm"), "input");
  EXPECT_EQ(sent.exit_code, 0) << sent.error;
  EXPECT_EQ(*window.scene().input.tensor, Tensor::from_rows({{0, 0.5f, 1}, {1, 0.5f, 0}}));
}

TEST_F(SendTest, TellsTheWindowsSentence) {
  const std::string file = put("w.npy", Tensor(Shape{1, 1, 40, 40}));
  link::WindowStandIn window("test", folder_.path() / "convscope");
  const Called called = call({"send", file, "--to", "weight", "--window", "test"});
  EXPECT_EQ(called.exit_code, 1);
  EXPECT_THAT(called.error, HasSubstr("a kernel may have 31 × 31 weights"));
}

TEST_F(SendTest, NeedsAWindowAndAPlace) {
  const std::string file = put("w.npy", Tensor(Shape{1, 1, 3, 3}));
  const Called nobody = call({"send", file, "--to", "weight"});
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_THAT(nobody.error, HasSubstr("no window listens as \"default\"; start one with --listen"));
  EXPECT_EQ(call({"send", file, "--to", "kernel"}).exit_code, 2);
  EXPECT_EQ(call({"send", file}).exit_code, 2);
  EXPECT_EQ(call({"send", file, "--to", "weight", "--window", "../x"}).exit_code, 2);
  EXPECT_EQ(call({"send", "missing.npy", "--to", "weight"}).exit_code, 1);
}

}  // namespace
}  // namespace convscope::cli
