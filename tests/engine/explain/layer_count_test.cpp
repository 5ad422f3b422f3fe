#include "engine/explain/layer_count.h"

#include <gtest/gtest.h>

namespace convscope::engine {
namespace {

TEST(LayerCount, GroupsDivideTheWeights) {
  EXPECT_EQ(conv2d_parameters({8, 1, 3, 3}), (ParameterCount{72, 8}));
}

TEST(LayerCount, TransposedLayerHasABiasForEachOutput) {
  Conv2dOptions options;
  options.transposed = true;
  options.groups = 2;
  EXPECT_EQ(conv2d_parameters({4, 3, 2, 2}, options), (ParameterCount{48, 6}));
}

TEST(LayerCount, MultiplyAddsOfTheNotebooksLayer) {
  // 32 pictures, 7 outputs of 124 x 124, each from 3 channels of 5 x 5.
  EXPECT_EQ(conv2d_multiply_adds({32, 3, 128, 128}, {7, 3, 5, 5}),
            Index{32} * 7 * 124 * 124 * 3 * 5 * 5);
}

TEST(LayerCount, MultiplyAddsOfATransposedLayerAreCountedByItsInput) {
  Conv2dOptions options;
  options.transposed = true;
  options.stride = {2, 2};
  EXPECT_EQ(conv2d_multiply_adds({1, 4, 5, 6}, {4, 3, 2, 2}, options), 4 * 5 * 6 * 3 * 2 * 2);
}

TEST(LayerCount, FullyConnectedLayerOfTheSameSize) {
  const Index inputs = 3 * 128 * 128;
  const Index outputs = 7 * 124 * 124;
  EXPECT_EQ(equivalent_linear_parameters({32, 3, 128, 128}, {32, 7, 124, 124}),
            (ParameterCount{inputs * outputs, outputs}));
  EXPECT_EQ(linear_multiply_adds(100, 30, 2), 6000);
}

}  // namespace
}  // namespace convscope::engine
