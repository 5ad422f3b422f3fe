// Both matrices of a convolution against conv2d, for all options.
#include "engine/kernel_info/im2col.h"

#include "engine/core/error.h"
#include "engine/explain/explain_sum.h"
#include "engine/ops/cell_links.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

using testing::ElementsAre;

struct OutputPlace {
  Index n, channel;
  Yx cell;
};

OutputPlace arbitrary_place(const Shape& out) {
  return {pick(0, out.n - 1), pick(0, out.c - 1), {pick(0, out.h - 1), pick(0, out.w - 1)}};
}

RC_GTEST_PROP(Im2colProperty, ARowTimesTheInputIsTheOutput, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Tensor output = conv2d(input, weight, {}, c.options);
  const Shape& out = output.shape();
  const auto [n, channel, cell] = arbitrary_place(out);
  const MatrixRow row = matrix_row(c.input, weight, c.options, channel, cell);
  RC_ASSERT(row.rows == out.c * out.h * out.w);
  RC_ASSERT(row.columns == c.input.c * c.input.h * c.input.w);
  RC_ASSERT(row.row == (channel * out.h + cell.y) * out.w + cell.x);
  double sum = 0.0;
  Index last = -1;
  for (const MatrixEntry& entry : row.entries) {
    RC_ASSERT(entry.column > last && entry.column < row.columns);
    RC_ASSERT(entry.weights > 0);
    last = entry.column;
    sum += entry.value * static_cast<double>(input.data()[n * row.columns + entry.column]);
  }
  RC_ASSERT(std::abs(sum - static_cast<double>(output.at(n, channel, cell.y, cell.x))) < 1e-5);
}

RC_GTEST_PROP(Im2colProperty, ARowOfPatchesTimesTheWeightsIsTheOutput, ()) {
  const ConvCase c = arbitrary_case();
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Tensor output = conv2d(input, weight, {}, c.options);
  const auto [n, channel, cell] = arbitrary_place(output.shape());
  const std::vector<float> patch = patch_row(input, c.weight, c.options, n, channel, cell);
  // The weights from the channel's inputs, one plane after the other.
  std::vector<float> weights;
  const bool transposed = c.options.transposed;
  const Index first = first_input_channel(c.weight, c.options, channel);
  const Index count = transposed ? c.weight.n / c.options.groups : c.weight.c;
  for (Index i = 0; i < count; ++i) {
    const auto plane =
        transposed ? weight.plane(first + i, channel % c.weight.c) : weight.plane(channel, i);
    weights.insert(weights.end(), plane.begin(), plane.end());
  }
  RC_ASSERT(patch.size() == weights.size());
  double sum = 0.0;
  for (std::size_t k = 0; k < patch.size(); ++k)
    sum += static_cast<double>(patch[k]) * static_cast<double>(weights[k]);
  RC_ASSERT(std::abs(sum - static_cast<double>(output.at(n, channel, cell.y, cell.x))) < 1e-5);
}

TEST(Im2col, TheNotebooksOutputCellIsRow15With1AndMinus1) {
  const MatrixRow row = matrix_row({1, 1, 6, 8}, Tensor::from_rows({{1, -1}}), {}, 0, {2, 1});
  EXPECT_EQ(row.row, 15);
  EXPECT_EQ(row.rows, 42);
  EXPECT_EQ(row.columns, 48);
  EXPECT_THAT(row.entries, ElementsAre(MatrixEntry{17, 1.0, 1}, MatrixEntry{18, -1.0, 1}));
  EXPECT_EQ(row.nonzeros(), 2);
}

TEST(Im2col, CopiesInThePaddingAddUp) {
  Conv2dOptions options;
  options.padding = {0, 1, 0, 1};
  options.padding_mode = PaddingMode::kReplicate;
  const Tensor weight = Tensor::from_rows({{1, 2, 4}});
  EXPECT_THAT(matrix_row({1, 1, 1, 3}, weight, options, 0, {0, 0}).entries,
              ElementsAre(MatrixEntry{0, 3.0, 2}, MatrixEntry{1, 4.0, 1}));
  options.padding_mode = PaddingMode::kReflect;
  EXPECT_THAT(matrix_row({1, 1, 1, 3}, weight, options, 0, {0, 0}).entries,
              ElementsAre(MatrixEntry{0, 2.0, 1}, MatrixEntry{1, 5.0, 2}));
  options.padding_mode = PaddingMode::kCircular;
  EXPECT_THAT(matrix_row({1, 1, 1, 3}, weight, options, 0, {0, 0}).entries,
              ElementsAre(MatrixEntry{0, 2.0, 1}, MatrixEntry{1, 4.0, 1}, MatrixEntry{2, 1.0, 1}));
  options.padding_mode = PaddingMode::kZeros;
  EXPECT_THAT(matrix_row({1, 1, 1, 3}, weight, options, 0, {0, 0}).entries,
              ElementsAre(MatrixEntry{0, 2.0, 1}, MatrixEntry{1, 4.0, 1}));
}

TEST(Im2col, AZeroWeightIsAnEntryButNoNonzero) {
  const MatrixRow row = matrix_row({1, 1, 1, 4}, Tensor::from_rows({{1, 0}}), {}, 0, {0, 1});
  EXPECT_EQ(row.entries.size(), 2u);
  EXPECT_EQ(row.nonzeros(), 1);
}

TEST(Im2col, APatchIsTheWindowInReadingOrder) {
  const Tensor input = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
  Conv2dOptions options;
  options.padding = {1, 1, 0, 0};
  EXPECT_THAT(patch_row(input, {1, 1, 2, 2}, options, 0, 0, {0, 1}), ElementsAre(0, 0, 1, 2));
  EXPECT_THAT(patch_row(input, {1, 1, 2, 2}, options, 0, 0, {2, 2}), ElementsAre(5, 6, 8, 9));
}

TEST(Im2col, RefusesWhatConv2dRefuses) {
  EXPECT_THROW(
      static_cast<void>(matrix_row({1, 1, 2, 2}, Tensor(Shape{1, 1, 3, 3}), {}, 0, {0, 0})), Error);
}

}  // namespace
}  // namespace convscope::engine
