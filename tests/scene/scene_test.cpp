#include "app/scene/scene.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <limits>
#include <span>

#include "engine/core/patterns.h"
#include "tests/engine/testing.h"
#include "tests/temp_folder.h"

namespace convscope::scene {
namespace {

TEST(Scene, OpensOnTheNotebooksExperiment) {
  const Scene scene = default_scene();
  EXPECT_EQ(*scene.input.tensor, make_pattern("edge", {6, 8}, 0));
  EXPECT_EQ(first_layer(scene).kernel.weight, Tensor::from_rows({{1, -1}}));
  EXPECT_EQ(first_layer(scene).kernel.bias, std::vector<float>{0.0f});
  EXPECT_EQ(first_layer(scene).conv, ConvScene());
  EXPECT_EQ(conv_options(first_layer(scene).conv, {1, 2}, 1), Conv2dOptions());
}

TEST(Scene, IsTheSameWithNaN) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  Scene scene = default_scene();
  scene.layers.resize(2);
  std::vector<std::function<void(float)>> sets = {
      [&](float x) { first_layer(scene).kernel.weight.at(0, 1) = x; },
      [&](float x) { first_layer(scene).kernel.bias = {x}; },
      [&](float x) { convolution(scene.layers[1]).kernel.weight.at(0, 0) = x; },
      [&](float x) { scene.learning.hidden.at(0, 0) = x; },
      [&](float x) {
        scene.learning.start = Tensor({1, 1, 1, 1}, x);
      },
      [&](float x) { scene.learning.start_bias = {x}; }};
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const Scene before = scene;
    sets[i](kNan);
    EXPECT_NE(scene, before) << i;
    EXPECT_EQ(scene, Scene(scene)) << i;
  }
  Scene other = scene;
  Tensor& weight = first_layer(other).kernel.weight;
  weight = transposed(weight);
  EXPECT_NE(scene, other) << "of another shape";
}

// A NaN differs from itself: whoever looked at the values of the input would say so.
TEST(Scene, ComparesItsInputAndItsTargetByTheirRevisions) {
  Scene scene = default_scene();
  scene.input.tensor =
      std::make_shared<const Tensor>(Shape{1, 1, 2, 3}, std::numeric_limits<float>::quiet_NaN());
  scene.learning.picture = scene.input.tensor;
  Scene other = scene;
  EXPECT_EQ(other, scene);
  other.input.tensor = std::make_shared<const Tensor>(*scene.input.tensor);
  EXPECT_NE(other, scene);
  other = scene;
  other.learning.picture = std::make_shared<const Tensor>(*scene.input.tensor);
  EXPECT_NE(other, scene);
}

TEST(ConvOptions, ExplicitPaddingIsTaken) {
  ConvScene conv;
  conv.padding = {1, 2, 3, 4};
  conv.padding_mode = PaddingMode::kReflect;
  conv.stride = {2, 3};
  conv.dilation = {4, 5};
  const Conv2dOptions options = conv_options(conv, {3, 3}, 3);
  EXPECT_EQ(options.padding, (Padding{1, 2, 3, 4}));
  EXPECT_EQ(options.padding_mode, PaddingMode::kReflect);
  EXPECT_EQ(options.stride, (Yx{2, 3}));
  EXPECT_EQ(options.dilation, (Yx{4, 5}));
  EXPECT_EQ(options.groups, 3);
}

TEST(ConvOptions, ValidIgnoresTheExplicitPadding) {
  ConvScene conv;
  conv.padding_choice = PaddingChoice::kValid;
  conv.padding = {1, 2, 3, 4};
  EXPECT_EQ(conv_options(conv, {3, 3}, 1).padding, Padding());
}

RC_GTEST_PROP(ConvOptions, SameKeepsTheSize, ()) {
  const auto number = [](Index lo, Index hi) { return *rc::gen::inRange<Index>(lo, hi + 1); };
  ConvScene conv;
  conv.padding_choice = PaddingChoice::kSame;
  conv.dilation = {number(1, 4), number(1, 4)};
  const Yx kernel{number(1, 9), number(1, 9)};
  const Shape input{1, 1, number(1, 30), number(1, 30)};
  const Conv2dOptions options = conv_options(conv, kernel, 1);
  RC_ASSERT(conv2d_output_shape(input, {1, 1, kernel.y, kernel.x}, options) == input);
}

TEST(ConvOptions, SameWithAStrideIsAnError) {
  ConvScene conv;
  conv.padding_choice = PaddingChoice::kSame;
  conv.stride = {1, 2};
  EXPECT_EQ(error_text([&] {
              conv_options(conv, {3, 3}, 1);
            }),
            "padding \"same\" needs stride 1, and the stride is (1, 2): set the stride to 1 or "
            "choose the padding by numbers");
}

TEST(ConvOptions, SameIsNotForATransposedConvolution) {
  ConvScene conv;
  conv.padding_choice = PaddingChoice::kSame;
  conv.transposed = true;
  EXPECT_EQ(error_text([&] {
              conv_options(conv, {3, 3}, 1);
            }),
            "padding \"same\" is not for transposed convolution: choose the padding by numbers");
}

TEST(TurnedOver, TwiceIsTheKernelAgain) {
  KernelScene kernel;
  kernel.weight = Tensor::from_rows({{1, 2, 3}, {4, 5, 6}});
  const KernelScene turned = rotated_180(kernel);
  EXPECT_EQ(turned.weight, Tensor::from_rows({{6, 5, 4}, {3, 2, 1}}));
  EXPECT_TRUE(turned.turned);
  EXPECT_EQ(rotated_180(turned), kernel);
}

TEST(TransposedInput, SwapsRowsAndColumnsAndSaysSo) {
  InputScene input = default_scene().input;
  input.tensor = std::make_shared<const Tensor>(Tensor::from_rows({{1, 2, 3}, {4, 5, 6}}));
  const InputScene swapped = transposed(input);
  EXPECT_EQ(*swapped.tensor, Tensor::from_rows({{1, 4}, {2, 5}, {3, 6}}));
  EXPECT_TRUE(swapped.transposed);
  EXPECT_FALSE(transposed(swapped).transposed);
}

TEST(LayerArguments, OneKernelConvolvesEachChannelByItself) {
  KernelScene kernel;
  kernel.bias = {0.5f};
  const LayerArguments arguments = layer_arguments(kernel, {}, 3);
  EXPECT_EQ(arguments.options.groups, 3);
  EXPECT_EQ(arguments.weight, per_channel_weight(kernel.weight, 3));
  EXPECT_EQ(arguments.bias, (std::vector<float>{0.5f, 0.5f, 0.5f}));
}

TEST(LayerArguments, ALayerIsTakenAsItIs) {
  KernelScene layer;
  layer.layer = true;
  layer.weight = random_tensor({4, 2, 3, 3}, 1);
  layer.bias = {1, 2, 3, 4};
  ConvScene conv;
  conv.groups = 2;
  const LayerArguments arguments = layer_arguments(layer, conv, 4);
  EXPECT_EQ(arguments.options.groups, 2);
  EXPECT_EQ(arguments.weight, layer.weight);
  EXPECT_EQ(arguments.bias, layer.bias);
}

TEST(WithChannelsSwapped, AFiltersPlanesBecomeThoseOfAChannel) {
  const Tensor weight = random_tensor({2, 3, 2, 2}, 1);
  const Tensor swapped = with_channels_swapped(weight);
  EXPECT_EQ(swapped.shape(), (Shape{3, 2, 2, 2}));
  EXPECT_EQ(weight_plane(swapped, 2, 1), weight_plane(weight, 1, 2));
  EXPECT_EQ(with_channels_swapped(swapped), weight);
}

TEST(PerChannelWeight, RepeatsTheKernel) {
  const Tensor weight = Tensor::from_rows({{1, 2}, {3, 4}});
  const Tensor three = per_channel_weight(weight, 3);
  EXPECT_EQ(three.shape(), (Shape{3, 1, 2, 2}));
  for (Index c = 0; c < 3; ++c)
    EXPECT_THAT(three.plane(c, 0), testing::ElementsAre(1, 2, 3, 4));
}

Scene layer_scene(Index channels, Index filters) {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(Shape{2, channels, 5, 6}, 1.0f);
  first_layer(scene).kernel.layer = true;
  first_layer(scene).kernel.weight = Tensor(Shape{filters, channels, 3, 3}, 0.5f);
  fit_channels(scene);
  return scene;
}

TEST(FitChannels, AWeightFollowsTheChannelsOfItsInput) {
  Scene scene = layer_scene(3, 4);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{4, 3, 3, 3}));
  EXPECT_EQ(first_layer(scene).kernel.bias.size(), 4u);
  first_layer(scene).kernel.weight.at(1, 0, 2, 2) = 7.0f;
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 5, 5, 6}, 1.0f);
  fit_channels(scene);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{4, 5, 3, 3}));
  EXPECT_EQ(first_layer(scene).kernel.weight.at(1, 0, 2, 2), 7.0f);
  EXPECT_EQ(first_layer(scene).kernel.weight.at(1, 3, 2, 2), 7.0f)
      << "new channels repeat the old ones";
  EXPECT_EQ(scene.learning.hidden.shape().n, 4);
  EXPECT_EQ(scene.learning.hidden.shape().c, 5);
}

TEST(FitChannels, GroupsThatDoNotDivideBecomeOne) {
  Scene scene = layer_scene(4, 6);
  first_layer(scene).conv.groups = 2;
  fit_channels(scene);
  EXPECT_EQ(first_layer(scene).conv.groups, 2);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{6, 2, 3, 3}));
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 3, 5, 6}, 1.0f);
  fit_channels(scene);
  EXPECT_EQ(first_layer(scene).conv.groups, 1);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{6, 3, 3, 3}));
}

TEST(FitChannels, OneKernelIsOnePlane) {
  Scene scene = layer_scene(3, 4);
  first_layer(scene).kernel.layer = false;
  fit_channels(scene);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(first_layer(scene).kernel.bias.size(), 1u);
}

TEST(FitChannels, TransposedFiltersHaveAPlaneForEachInputChannel) {
  Scene scene = layer_scene(4, 2);
  first_layer(scene).conv.transposed = true;
  first_layer(scene).conv.groups = 2;
  first_layer(scene).kernel.weight = Tensor(Shape{4, 3, 2, 2}, 1.0f);
  fit_channels(scene);
  EXPECT_EQ(first_layer(scene).kernel.weight.shape(), (Shape{4, 3, 2, 2}));
  EXPECT_EQ(output_channels(first_layer(scene).kernel, first_layer(scene).conv, 4), 6);
  EXPECT_EQ(first_layer(scene).kernel.bias.size(), 6u);
}

TEST(FitChannels, AChainPassesItsChannelsOn) {
  Scene scene = layer_scene(3, 4);
  scene.layers.resize(3);
  for (LayerScene& layer : std::span(scene.layers).subspan(1)) {
    convolution(layer).kernel.layer = true;
    convolution(layer).kernel.weight = Tensor(Shape{2, 1, 3, 3}, 1.0f);
  }
  fit_channels(scene);
  EXPECT_EQ(convolution(scene.layers[1]).kernel.weight.shape(), (Shape{2, 4, 3, 3}));
  EXPECT_EQ(convolution(scene.layers[2]).kernel.weight.shape(), (Shape{2, 2, 3, 3}));
}

TEST(WithPlane, AnotherSizeResizesAllPlanesAroundTheirCentres) {
  Tensor weight(Shape{2, 1, 3, 3}, 1.0f);
  const Tensor plane = Tensor::from_rows({{5, 6}});
  const Tensor result = with_plane(weight, 1, 0, plane);
  EXPECT_EQ(result.shape(), (Shape{2, 1, 1, 2}));
  EXPECT_EQ(weight_plane(result, 1, 0), plane);
  EXPECT_EQ(weight_plane(result, 0, 0), Tensor::from_rows({{1, 1}}));
}

}  // namespace
}  // namespace convscope::scene
