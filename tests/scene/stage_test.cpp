// Layers as their stages, and what is done to whole layers.
#include "app/scene/stage.h"

#include <gtest/gtest.h>

#include "app/scene/history.h"
#include "app/scene/layer_presets.h"
#include "engine/kernel_info/kernels.h"
#include "tests/engine/testing.h"

namespace convscope::scene {
namespace {

// 3 channels -> 4 filters, ReLU, pooled -> 2 filters -> 5 filters, pooled.
Scene chain_scene() {
  Scene scene = default_scene();
  scene.input = noise_stack(2, 3, {12, 10}, 1);
  first_layer(scene).kernel = random_layer(4, 3, {3, 3}, 1);
  first_layer(scene).relu = true;
  scene.layers.resize(3);
  convolution(scene.layers[1]).kernel = random_layer(2, 4, {2, 2}, 2);
  convolution(scene.layers[2]).kernel = random_layer(5, 2, {1, 1}, 3);
  convolution(scene.layers[2]).pooled = true;
  return scene;
}

TEST(Stage, AllStepsOfAChainInTheirOrder) {
  using enum StagePart;
  EXPECT_EQ(
      stages_of(chain_scene()),
      (std::vector<LayerStage>{
          {0, kOutput}, {0, kActivated}, {0, kPooled}, {1, kOutput}, {2, kOutput}, {2, kPooled}}));
}

TEST(Stage, APoolingWindowOfOneCellIsNoStage) {
  Scene scene = default_scene();
  first_layer(scene).pool.options.kernel = first_layer(scene).pool.options.stride = {1, 1};
  EXPECT_EQ(stages_of(scene), (std::vector<LayerStage>{{0, StagePart::kOutput}}));
}

TEST(Stage, WhereThereIsNoneTheOneBeforeItIsTaken) {
  const Scene scene = chain_scene();
  EXPECT_EQ(existing_stage(scene, {1, StagePart::kPooled}), (LayerStage{1, StagePart::kOutput}));
  EXPECT_EQ(existing_stage(scene, {7, StagePart::kOutput}), (LayerStage{2, StagePart::kPooled}));
  EXPECT_EQ(existing_stage(scene, {2, StagePart::kPooled}), (LayerStage{2, StagePart::kPooled}));
}

TEST(Stage, ChannelsFollowTheFilters) {
  const Scene scene = chain_scene();
  EXPECT_EQ(input_channels_of(scene, 0), 3);
  EXPECT_EQ(input_channels_of(scene, 1), 4);
  EXPECT_EQ(input_channels_of(scene, 2), 2);
}

TEST(Stage, TheFirstLayersPoolingIsLeftOutByItsWindowAndThatOfOthersByItsSwitch) {
  const ConvolutionLayer first = first_layer(default_scene());
  const ConvolutionLayer without = with_pooling_stage(first, 0, false);
  EXPECT_FALSE(has_pooling_stage(without, 0));
  EXPECT_TRUE(without.pooled) << "the Kernel page shows it";
  EXPECT_EQ(with_pooling_stage(without, 0, true), first);

  ConvolutionLayer other;
  other.pool.options.kernel = other.pool.options.stride = {1, 1};
  EXPECT_FALSE(has_pooling_stage(other, 1));
  const ConvolutionLayer pooled = with_pooling_stage(other, 1, true);
  EXPECT_TRUE(has_pooling_stage(pooled, 1));
  EXPECT_EQ(pooled.pool, other.pool);
  EXPECT_EQ(with_pooling_stage(pooled, 1, false), other);
}

TEST(LayerPresets, NewFiltersLeaveTheOldOnesAsTheyAre) {
  const KernelScene four = random_layer(4, 3, {3, 3}, 5);
  const KernelScene six = with_filter_count(four, {}, 6);
  EXPECT_EQ(six.weight.shape(), (Shape{6, 3, 3, 3}));
  EXPECT_EQ(with_filter_count(six, {}, 4).weight, four.weight);
  EXPECT_EQ(six.bias.size(), 6u);
  ConvScene grouped;
  grouped.groups = 2;
  EXPECT_EQ(with_filter_count(four, grouped, 5).weight.shape().n, 6) << "whole groups";
}

TEST(LayerPresets, FiltersOfATransposedLayerAreCountedByItsOutput) {
  ConvScene conv;
  conv.transposed = true;
  KernelScene layer = random_layer(3, 2, {2, 2}, 1);  // 3 channels in, 2 out
  EXPECT_EQ(filter_count(layer, conv), 2);
  layer = with_filter_count(layer, conv, 4);
  EXPECT_EQ(layer.weight.shape(), (Shape{3, 4, 2, 2}));
}

TEST(LayerPresets, KnownFiltersActOnTheMeanOfTheChannels) {
  const KernelScene known = with_known_filters(random_layer(2, 4, {5, 5}, 1), {});
  EXPECT_EQ(known.weight.shape(), (Shape{2, 4, 3, 3}));
  for (Index c = 0; c < 4; ++c) {
    EXPECT_EQ(known.weight.at(0, c, 1, 1), 0.25f) << "the identity of the mean";
    EXPECT_EQ(known.weight.at(1, c, 1, 0), make_kernel("sobel-x", {3, 3}, 0).at(1, 0) / 4.0f);
  }
  EXPECT_EQ(known.bias, (std::vector<float>{0, 0}));
}

TEST(LayerPresets, KnownFiltersOfATransposedLayerActOnTheChannelsOfTheirGroup) {
  ConvScene conv;
  conv.transposed = true;
  conv.groups = 2;
  // 4 channels in and 2 out, of which each takes the two of its group.
  const KernelScene known = with_known_filters(random_layer(4, 1, {3, 3}, 1), conv);
  ASSERT_EQ(known.weight.shape(), (Shape{4, 1, 3, 3}));
  for (const Index input : {0, 1})
    EXPECT_EQ(known.weight.at(input, 0, 1, 1), 0.5f) << "the identity of the mean";
  for (const Index input : {2, 3})
    EXPECT_EQ(known.weight.at(input, 0, 1, 0), make_kernel("sobel-x", {3, 3}, 0).at(1, 0) / 2.0f);
  EXPECT_EQ(known.bias, (std::vector<float>{0, 0}));
}

TEST(LayerPresets, OneKernelAsALayerSumsTheChannels) {
  KernelScene kernel;
  kernel.bias = {0.5f};
  const KernelScene layer = as_layer(kernel, {}, 3);
  EXPECT_EQ(layer.weight.shape(), (Shape{1, 3, 1, 2}));
  EXPECT_EQ(layer.bias, std::vector<float>{0.5f});
  const KernelScene back = as_single_kernel(layer, 0, 2, 0);
  EXPECT_FALSE(back.layer);
  EXPECT_EQ(back.weight, kernel.weight);
  EXPECT_EQ(back.bias, kernel.bias);
}

TEST(LayerPresets, PicturesAreAddedAndTakenAway) {
  const Tensor stack = random_tensor({2, 3, 4, 5}, 1);
  const Tensor more = random_tensor({1, 3, 4, 5}, 2);
  const Tensor three = with_pictures(stack, more);
  EXPECT_EQ(three.shape(), (Shape{3, 3, 4, 5}));
  EXPECT_EQ(three.at(2, 1, 3, 4), more.at(0, 1, 3, 4));
  EXPECT_EQ(without_picture(three, 2), stack);
  const Tensor rest = without_picture(three, 0);
  EXPECT_EQ(rest.at(0, 2, 1, 1), stack.at(1, 2, 1, 1));
  EXPECT_EQ(rest.at(1, 2, 1, 1), more.at(0, 2, 1, 1));
}

}  // namespace
}  // namespace convscope::scene
