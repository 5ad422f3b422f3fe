// Which cells the panels outline.
#include "app/program/view/linked_cells.h"

#include <gtest/gtest.h>

#include "engine/kernel_info/kernels.h"

namespace convscope::program {
namespace {

LayerResults layer_of(const Tensor& weight, const Shape& input) {
  LayerResults layer;
  layer.weight = weight;
  layer.input = std::make_shared<const Tensor>(input, 1.0f);
  layer.output = std::make_shared<const Tensor>(conv2d(*layer.input, weight));
  return layer;
}

TEST(LinkedCells, AnOutputOutlinesNoWeightsAsItHasAllOfThem) {
  for (const Index size : {Index{3}, kMaxKernelSize}) {
    const LayerResults layer = layer_of(Tensor(Shape{1, 1, size, size}, 1.0f), {1, 1, 40, 40});
    EXPECT_TRUE(linked_weights({.output = Yx{1, 2}}, layer).empty()) << size;
  }
}

TEST(LinkedCells, AnInputCellAtTheCornerHasOneWeight) {
  const LayerResults layer = layer_of(Tensor(Shape{1, 1, 31, 31}, 1.0f), {1, 1, 40, 40});
  const std::vector<CellGrid> weights = linked_weights({.input = Yx{0, 0}}, layer);
  ASSERT_EQ(weights.size(), 1u);
  EXPECT_EQ(weights.front(), (CellGrid{{0, 0}, {1, 1}, {1, 1}}));
}

TEST(LinkedCells, ACellOfThePaddingHasItsOwnWeights) {
  LayerResults layer = layer_of(Tensor(Shape{1, 1, 3, 3}, 1.0f), {1, 1, 5, 6});
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect}) {
    layer.options.padding = {1, 1, 1, 1};
    layer.options.padding_mode = mode;
    layer.output =
        std::make_shared<const Tensor>(conv2d(*layer.input, layer.weight, {}, layer.options));
    const std::vector<CellGrid> corner = linked_weights({.input = Yx{-1, -1}}, layer);
    ASSERT_EQ(corner.size(), 1u);
    EXPECT_EQ(corner.front().first, (Yx{0, 0}));
    EXPECT_EQ(linked_weights({.input = Yx{5, 0}}, layer).size(), 2u);
    EXPECT_TRUE(linked_weights({.input = Yx{-2, 0}}, layer).empty()) << "beyond the padding";
  }
}

}  // namespace
}  // namespace convscope::program
