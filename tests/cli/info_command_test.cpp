#include <cmath>

#include "tests/cli/call.h"
#include "tests/test_folder.h"

namespace convscope {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class InfoCommand : public CommandTest {
 protected:
  std::string info(const std::string& file) const {
    const Called called = call({"info", file});
    EXPECT_EQ(called.exit_code, 0) << called.error;
    return called.out;
  }
};

TEST_F(InfoCommand, CountsNansAndLeavesThemOutOfTheRange) {
  const std::string x =
      put("x.npy", Tensor::from_rows({{-1.5f, NAN, 4.0f}, {INFINITY, 0.5f, -INFINITY}}));
  EXPECT_EQ(info(x),
            "kind: .npy array\n"
            "dtype: float32\n"
            "order: C\n"
            "shape: [1, 1, 2, 3]\n"
            "values: 6\n"
            "min: -1.5\n"
            "max: 4\n"
            "mean: 1\n"
            "NaN: 1\n"
            "infinite: 2\n"
            "parameters as a convolution's weight: 1·1·2·3 = 6\n"
            "parameters with a bias: 1·1·2·3 + 1 = 7\n");
}

TEST_F(InfoCommand, ParametersOfTheNotebooksLayer) {
  EXPECT_THAT(info(put("w.npy", Tensor(Shape{7, 3, 5, 5}, 1.0f))),
              HasSubstr("7·3·5·5 + 7 = 532\n"));
}

TEST_F(InfoCommand, OtherDtypes) {
  const std::string fixtures = test_folder() + "/../files/npy/";
  EXPECT_THAT(info(fixtures + "rows_f8_fortran.npy"),
              AllOf(HasSubstr("dtype: float64\norder: Fortran\nshape: [2, 3]\n"),
                    HasSubstr("min: 0\nmax: 2.5\nmean: 1.25\n"),
                    HasSubstr("parameters as a convolution's weight: 1·1·2·3 = 6\n")));
  EXPECT_THAT(info(fixtures + "indices_i8.npy"),
              AllOf(HasSubstr("int64"), HasSubstr("min: -1\n"), Not(HasSubstr("parameters"))));
  EXPECT_THAT(info(fixtures + "rows_i4.npy"),
              AllOf(HasSubstr("dtype: <i4"), HasSubstr("range: unknown")));
  EXPECT_THAT(info(fixtures + "rows_f4_big_endian.npy"), HasSubstr("float32, big-endian\n"));
}

TEST_F(InfoCommand, Pictures) {
  const std::vector<std::uint8_t> pixels{255, 0, 0, 255, 0, 0, 255, 255};
  write_png(path("p.png"), pixels, 2, 1);
  EXPECT_EQ(info(path("p.png")),
            "kind: picture\nwidth: 2\nheight: 1\nchannels: 3 (RGB)\nread as: [1, 3, 1, 2]\n"
            "min: 0\nmax: 1\nmean: 0.3333333\nNaN: 0\ninfinite: 0\n");
}

TEST_F(InfoCommand, AScene) {
  put_text(path("s.json"), R"({"format": "convscope-scene", "version": 1})");
  EXPECT_EQ(info(path("s.json")),
            "kind: scene\n"
            "input: [1, 1, 6, 8], values 0 to 1\n"
            "layer 1 weight: [1, 1, 1, 2], values -1 to 1\n"
            "layer 1 parameters: 1·1·1·2 + 1 = 3\n"
            "layer 1 output: [1, 1, 6, 7], values -1 to 1\n"
            "layer 1 pooled: [1, 1, 3, 3], values 0 to 1\n");
}

TEST_F(InfoCommand, AChainOfLayers) {
  put_text(path("s.json"), R"({"format": "convscope-scene", "version": 1,
      "input": {"pattern": "gradient", "size": [8, 8]}, "pool": {"relu": true},
      "kernel": {"layer": true, "weight": [[[[1, 1]]], [[[1, -1]]]]},
      "chain": [{"kernel": {"layer": true, "weight": [[[[1]], [[2]]]]}},
                {"kernel": {"weight": [[1, 1, 1, 1, 1]]}}]})");
  const std::string out = info(path("s.json"));
  EXPECT_THAT(out, HasSubstr("layer 1 parameters: 2·1·1·2 + 2 = 6\n"
                             "layer 1 output: [1, 2, 8, 7]"));
  EXPECT_THAT(out, HasSubstr("layer 1 after ReLU: [1, 2, 8, 7], values 0 to"));
  EXPECT_THAT(out, HasSubstr("layer 2 parameters: 1·2·1·1 + 1 = 3\n"
                             "layer 2 output: [1, 1, 4, 3]"));
  EXPECT_THAT(out, HasSubstr("layer 3 output: none, weight [1, 1, 1, 5] does not fit"));
  EXPECT_THAT(out, testing::EndsWith("parameters: 6 + 3 + 6 = 15\n"));
}

TEST_F(InfoCommand, Errors) {
  expect_error({"info"}, {}, 2, HasSubstr("required"));
  expect_error({"info", path("none.npy")}, {}, 1, HasSubstr("there is no file"));
  put_text(path("x.npy"), "no array");
  expect_error({"info", path("x.npy")}, {}, 1, HasSubstr("is not a .npy file"));
  put_text(path("x.json"), "{}");
  expect_error({"info", path("x.json")}, {}, 1, HasSubstr("it has no \"format\""));
  put_text(path("x.txt"), "no picture");
  expect_error({"info", path("x.txt")}, {}, 1, HasSubstr("is not a picture"));
}

}  // namespace
}  // namespace convscope
