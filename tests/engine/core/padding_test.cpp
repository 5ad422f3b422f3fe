#include "engine/core/padding.h"

#include "engine/ops/cell_links.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

TEST(Pad, AddsARingPerSide) {
  const Tensor input = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}});
  EXPECT_EQ(pad(input, {1, 0, 0, 2}, PaddingMode::kZeros),
            Tensor::from_rows({{0, 0, 0, 0, 0}, {1, 2, 3, 0, 0}, {4, 5, 6, 0, 0}}));
  EXPECT_EQ(pad(input, {1, 0, 0, 2}, PaddingMode::kReflect),
            Tensor::from_rows({{4, 5, 6, 5, 4}, {1, 2, 3, 2, 1}, {4, 5, 6, 5, 4}}));
  EXPECT_EQ(pad(input, {1, 0, 0, 2}, PaddingMode::kReplicate),
            Tensor::from_rows({{1, 2, 3, 3, 3}, {1, 2, 3, 3, 3}, {4, 5, 6, 6, 6}}));
  EXPECT_EQ(pad(input, {1, 0, 0, 2}, PaddingMode::kCircular),
            Tensor::from_rows({{4, 5, 6, 4, 5}, {1, 2, 3, 1, 2}, {4, 5, 6, 4, 5}}));
}

RC_GTEST_PROP(PadProperty, ConvolvingThePaddedInputIsConvolvingWithPadding, ()) {
  ConvCase c = arbitrary_case();
  RC_PRE(!c.options.transposed);
  const Tensor input = random_tensor(c.input, 1);
  const Tensor weight = random_tensor(c.weight, 2);
  const Tensor expected = conv2d(input, weight, {}, c.options);
  const Tensor padded = pad(input, c.options.padding, c.options.padding_mode);
  c.options.padding = {};
  RC_ASSERT(difference_of_units(conv2d(padded, weight, {}, c.options), expected) < 1e-5);
}

RC_GTEST_PROP(PadProperty, PaddedCellsAreThoseOfThePaddedInput, ()) {
  const ConvCase c = arbitrary_case();
  RC_PRE(!c.options.transposed);
  const Tensor input = random_tensor(c.input, 1);
  const Padding& p = c.options.padding;
  const PaddingMode mode = c.options.padding_mode;
  const Tensor padded = pad(input, p, mode);
  const Shape& s = padded.shape();
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      const Yx at{y - p.top, x - p.left};
      const PaddedCell cell = padded_cell(input, 0, s.c - 1, at, mode);
      RC_ASSERT(cell.value == padded.at(0, s.c - 1, y, x));
      const bool inside = at.y >= 0 && at.y < c.input.h && at.x >= 0 && at.x < c.input.w;
      RC_ASSERT(cell.padded == !inside);
      if (cell.source.y >= 0)
        RC_ASSERT(cell.value == input.at(0, s.c - 1, cell.source.y, cell.source.x));
    }
  }
}

}  // namespace
}  // namespace convscope::engine
