#include <cmath>

#include "tests/cli/call.h"
#include "tests/test_folder.h"

namespace convscope::cli {
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
              AllOf(HasSubstr("int64"), HasSubstr("min: -1\nmax: 1099511627776\n")));
  EXPECT_THAT(info(fixtures + "rows_i4.npy"),
              AllOf(HasSubstr("dtype: int32\n"), HasSubstr("max: 2\n"), Not(HasSubstr("unknown")),
                    Not(HasSubstr("note"))));
  EXPECT_THAT(info(fixtures + "flags.npy"), AllOf(HasSubstr("dtype: bool\n"), HasSubstr("max: 1")));
  EXPECT_THAT(info(fixtures + "rows_f4_big_endian.npy"), HasSubstr("float32, big-endian\n"));
}

TEST_F(InfoCommand, WhatIsNotReadIsNamedOnce) {
  const std::string fixtures = test_folder() + "/../files/npy/";
  EXPECT_EQ(info(fixtures + "records.npy"),
            "kind: .npy array\ndtype: [('x', '<f4'), ('a [)', '<i4')]\norder: C\nshape: [1, 2]\n"
            "values: 2\nrange: unknown, because it holds records, a structured dtype; save one "
            "field of it\n");
  EXPECT_THAT(info(fixtures + "complex.npy"), HasSubstr("because it holds complex numbers; save"));
}

TEST_F(InfoCommand, NeverSaysTwoThingsOfOneDtype) {
  const std::string rows = file_text(test_folder() + "/../files/npy/rows_f4.npy");
  for (const std::string descr : {"'=f4'", "'|f4'", "'f4' ", "'f'  "}) {
    std::string text = rows;
    text.replace(text.find("'<f4'"), 5, descr);
    put_text(path("x.npy"), text);
    EXPECT_THAT(info(path("x.npy")), AllOf(HasSubstr("dtype: float32\n"), HasSubstr("max: 2.5\n"),
                                           Not(HasSubstr("unknown"))))
        << descr;
  }
}

TEST_F(InfoCommand, TellsWhatFloat32CannotHold) {
  EXPECT_THAT(info(test_folder() + "/../files/npy/rounded_i4.npy"),
              AllOf(HasSubstr("max: 16777217\n"), HasSubstr("\nnote: \""),
                    HasSubstr("2 of its 4 values are not exact in float32")));
}

TEST_F(InfoCommand, AnArrayWithoutValuesIsRefused) {
  expect_error({"info", test_folder() + "/../files/npy/empty.npy"}, {}, 1,
               HasSubstr("has shape (0, 3), which has no values"));
}

TEST_F(InfoCommand, Pictures) {
  const std::vector<std::uint8_t> pixels{255, 0, 0, 255, 0, 0, 255, 255};
  write_png(path("p.png"), pixels, 2, 1);
  EXPECT_EQ(info(path("p.png")),
            "kind: picture\nwidth: 2\nheight: 1\nchannels: 3 (RGB)\nread as: [1, 3, 1, 2]\n"
            "min: 0\nmax: 1\nmean: 0.3333333\nNaN: 0\ninfinite: 0\n");
}

TEST_F(InfoCommand, WhatWasPutOnWhiteIsTold) {
  const std::vector<std::uint8_t> pixels{0, 0, 0, 255, 0, 0, 0, 0};
  write_png(path("ink.png"), pixels, 2, 1);
  EXPECT_THAT(info(path("ink.png")),
              HasSubstr("transparency: composed over white\nmin: 0\nmax: 1"));
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
  put_text(path("x.bin"), "no picture");
  expect_error({"info", path("x.bin")}, {}, 1, HasSubstr("is not a picture"));
  put_text(path("x.txt"), "no table");
  expect_error({"info", path("x.txt")}, {}, 1,
               HasSubstr("can't be read as a table: \"no\" at line 1, column 1 is not a number"));
}

}  // namespace
}  // namespace convscope::cli
