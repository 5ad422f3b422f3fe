#include "app/scene/scene.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "engine/patterns.h"
#include "tests/engine/testing.h"
#include "tests/scene/temp_folder.h"

namespace convscope {
namespace {

TEST(Scene, OpensOnTheNotebooksExperiment) {
  const Scene scene = default_scene();
  EXPECT_EQ(*scene.input.tensor, make_pattern("edge", {6, 8}, 0));
  EXPECT_EQ(scene.kernel.weight, Tensor::from_rows({{1, -1}}));
  EXPECT_EQ(scene.kernel.bias, 0.0f);
  EXPECT_EQ(scene.conv, ConvScene());
  EXPECT_EQ(conv_options(scene.conv, {1, 2}, 1), Conv2dOptions());
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

TEST(PerChannelWeight, RepeatsTheKernel) {
  const Tensor weight = Tensor::from_rows({{1, 2}, {3, 4}});
  const Tensor three = per_channel_weight(weight, 3);
  EXPECT_EQ(three.shape(), (Shape{3, 1, 2, 2}));
  for (Index c = 0; c < 3; ++c)
    EXPECT_THAT(three.plane(c, 0), testing::ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace convscope
