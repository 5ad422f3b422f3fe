#include "app/export/tensor_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

#include "app/export/all_tensors.h"
#include "app/files/arrays/number_table.h"
#include "tests/error_text.h"
#include "tests/export/export_fixture.h"

namespace convscope::exports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(TensorText, CsvKeepsEveryBit) {
  std::mt19937 random(7);
  Tensor plane(Shape{1, 1, 20, 30});
  for (float& value : plane.values()) {
    do
      value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    while (!std::isfinite(value));
  }
  const Tensor read = read_number_table(csv(plane), 100).tensor;
  ASSERT_EQ(read.shape(), plane.shape());
  for (std::size_t i = 0; i < plane.values().size(); ++i)
    EXPECT_EQ(std::bit_cast<std::uint32_t>(read.values()[i]),
              std::bit_cast<std::uint32_t>(plane.values()[i]))
        << plane.values()[i];
}

TEST(TensorText, CsvNamesWhatIsNoNumber) {
  const float inf = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(csv(Tensor::from_rows({{nan, inf}, {-inf, -0.5f}})), "nan,inf\n-inf,-0.5\n");
}

TEST(TensorText, LatexIsAMatrix) {
  EXPECT_EQ(latex(Tensor::from_rows({{1.0f, -0.25f}, {3e-9f, 0.0f}})),
            "% needs \\usepackage{amsmath}\n\\begin{bmatrix}\n  1 & -0.25 \\\\\n"
            "  3 \\times 10^{-9} & 0\n\\end{bmatrix}\n");
  EXPECT_THAT(latex(Tensor(Shape{1, 1, 2, 12})), HasSubstr("\\setcounter{MaxMatrixCols}{12}\n"));
  EXPECT_EQ(error_text([] {
              latex(Tensor(Shape{1, 1, 65, 2}));
            }),
            "a matrix of 65 × 2 is too large for LaTeX; at most 64 rows and columns are written: "
            "take CSV or .npy");
}

TEST(TensorText, MarkdownIsATableWithItsIndices) {
  EXPECT_EQ(markdown(Tensor::from_rows({{1.0f, -0.25f}, {3e-9f, 0.0f}})),
            "| | 0 | 1 |\n|---|---:|---:|\n| **0** | 1 | -0.25 |\n| **1** | 3e-09 | 0 |\n");
  EXPECT_THAT(error_text([] {
                markdown(Tensor(Shape{1, 1, 2, 65}));
              }),
              StartsWith("a table of 2 × 65 is too large for Markdown"));
}

TEST(AllTensors, HaveTheNamesOfANotebook) {
  const auto names = [](const Source& source) {
    std::vector<std::string> found;
    for (const NamedArray& array : all_tensors(source).arrays)
      found.push_back(array.name);
    return found;
  };
  Scene scene = default_scene();
  first_layer(scene).relu = true;
  scene.layers.push_back(scene.layers.front());
  Source source = source_of(scene);
  EXPECT_THAT(names(source), ElementsAre("x", "weight", "bias", "y", "activated", "pooled",
                                         "weight_2", "bias_2", "y_2", "activated_2", "pooled_2"));
  source = source_of(default_scene());
  learn(source, 2);
  go_backward(source);
  EXPECT_THAT(names(source), ElementsAre("x", "weight", "bias", "y", "pooled", "target", "learned",
                                         "error", "gradient", "grad_x", "grad_weight", "grad_y"));
  const AllTensors all = all_tensors(source);
  const Tensor& y = *source.results->layers.front().output;
  EXPECT_TRUE(std::ranges::equal(all.arrays[3].values, y.values()));
  EXPECT_THAT(all.arrays[3].shape, ElementsAre(1, 1, y.shape().h, y.shape().w));
  EXPECT_THAT(all.arrays[2].shape, ElementsAre(1)) << "a bias has one axis";
}

TEST(TensorText, ARunHasItsWeights) {
  Source source = source_of(default_scene());
  learn(source, 3);
  const std::string text = run_csv(source);
  EXPECT_THAT(text, StartsWith("step,loss,distance,w[0][0][0][0],w[0][0][0][1]\n0,"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 5);
  // The weights of the last line are those of the end.
  const std::string last = text.substr(text.rfind('\n', text.size() - 2) + 1);
  const Tensor row = read_number_table(last, 100).tensor;
  EXPECT_EQ(row.at(0, 0), 3.0f);
  EXPECT_EQ(row.at(0, 3), source.training->weight.at(0, 0));
  EXPECT_EQ(row.at(0, 4), source.training->weight.at(0, 1));
}

}  // namespace
}  // namespace convscope::exports
