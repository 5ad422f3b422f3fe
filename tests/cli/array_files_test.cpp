// Arrays of all formats as the inputs of commands.
#include "tests/cli/call.h"
#include "tests/test_folder.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ArrayFiles : public CommandTest {
 protected:
  // Files that NumPy wrote: tests/files/arrays/make_arrays.py.
  static std::string numpy(const std::string& name) {
    return test_folder() + "/../files/arrays/" + name;
  }
};

TEST_F(ArrayFiles, AnArrayOfAnArchiveIsAnInputAndAnotherTheWeight) {
  const Called called = call({"conv2d", "--input", numpy("several.npz:weight"), "--weight",
                              numpy("several.npz:rows"), "--output", path("y.npy")});
  EXPECT_EQ(called.exit_code, 0) << called.error;
  const Tensor y = get("y.npy");
  EXPECT_EQ(y.shape(), (Shape{2, 1, 2, 1}));
  // 0, 0.5, 1 above 1.5, 2, 2.5, with the weights 1, 2, 3 above 4, 5, 6.
  EXPECT_EQ(y.at(0, 0, 0, 0), 0.0f + 1.0f + 3.0f + 6.0f + 10.0f + 15.0f);
}

TEST_F(ArrayFiles, TablesIdxAndBiasesAreTaken) {
  put_text(path("w.csv"), "1,0\n0,1\n");
  const Called called =
      call({"conv2d", "--input", numpy("images.idx3-ubyte.gz"), "--weight", path("w.csv"), "--bias",
            numpy("several.npz:bias"), "--output", path("y.npy")});
  EXPECT_EQ(called.exit_code, 2) << "two channels do not fit one filter";
  const Called pooled = call({"pool2d", "--kind", "max", "--input", numpy("images.idx3-ubyte.gz"),
                              "--kernel", "2,3", "--output", path("p.npy")});
  EXPECT_EQ(pooled.exit_code, 0) << pooled.error;
  EXPECT_EQ(get("p.npy").at(0, 1, 0, 0), 220.0f);
}

TEST_F(ArrayFiles, WhichArrayIsMeantIsTold) {
  expect_error(
      {"pool2d", "--kind", "max", "--input", numpy("several.npz"), "--kernel", "2", "--output",
       path("y.npy")},
      {}, 1, AllOf(HasSubstr("holds 7 arrays; choose one by its name"), HasSubstr("weight (2, 1")));
  expect_error({"info", numpy("several.npz:wight")}, {}, 1, HasSubstr("did you mean \"weight\"?"));
}

TEST_F(ArrayFiles, InfoListsArraysAndTellsOneOfThem) {
  const Called all = call({"info", numpy("several.npz")});
  EXPECT_THAT(all.out, AllOf(HasSubstr("kind: .npz archive\narrays: 7\narray rows (2, 3) int64\n"),
                             HasSubstr("array complex (2, 3) <c16\n  not read: complex numbers")));
  const Called one = call({"info", numpy("several.npz:columns")});
  EXPECT_THAT(one.out, AllOf(HasSubstr("dtype: float64, big-endian\norder: Fortran\n"),
                             HasSubstr("max: 8.5\n")));
  EXPECT_THAT(call({"info", numpy("zip64.npz")}).out, HasSubstr("no array: readme.txt\n"));
  EXPECT_THAT(call({"info", numpy("type0d.idx")}).out,
              AllOf(HasSubstr("kind: array, idx file"), HasSubstr("max: 100\n")));
}

}  // namespace
}  // namespace convscope::cli
