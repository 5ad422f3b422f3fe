// Pooling by mouse and keyboard; what follows is asserted on tensors.
#include <gmock/gmock.h>

#include "engine/ops/pool2d_reference.h"
#include "tests/app/app_harness.h"
#include "tests/app/expect_consistent.h"

namespace convscope::program {
namespace {

TEST(Pooling, CeilModeReluAndTheDivisorAreTheReference) {
  AppHarness h;
  h.click("pool/more");
  h.click("pool/ceil");
  h.click("pool/relu");
  h.settle();
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output.shape(), (Shape{1, 1, 3, 4}));
  for (const float v : h.app().live().results()->layers[0].pooled->output.values())
    EXPECT_GE(v, 0.0f);
  expect_consistent(h);
  h.key(ui::Key::kEscape);
  h.click("pool/kind/1");
  h.click("pool/more");
  h.click("pool/include-pad");
  h.enter("pool/divisor", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.divisor_override, 3);
  EXPECT_FALSE(first_layer(h.app().document().scene()).pool.options.count_include_pad);
  expect_consistent(h);
}

TEST(Pooling, AverageIsTheReference) {
  AppHarness h;
  h.click("pool/kind/1");
  h.settle();
  Pool2dOptions options;
  options.kind = PoolKind::kAverage;
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output,
            reference::pool2d(*h.app().live().results()->layers[0].output, options).output);
}

TEST(Pooling, EachSideIsPaddedByItself) {
  AppHarness h;
  h.enter("pool/padding/y", "1");
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{1, 0, 1, 0}));
  h.click("pool/more");
  h.enter("pool/padding-right", "1");
  h.enter("pool/padding-top", "0");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{0, 0, 1, 1}));
  expect_consistent(h);
  // Y is 6 x 7: windows from columns 0, 2, 4 and 6.
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output.shape(), (Shape{1, 1, 3, 4}));
}

TEST(Pooling, SameHasItsPaddingFromTheOutput) {
  AppHarness h;
  h.click("pool/more");
  h.click("pool/padding-choice");
  h.click("pool/padding-choice/1");
  expect_consistent(h);
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.padding_choice, PaddingChoice::kSame);
  EXPECT_EQ(h.app().live().results()->layers[0].pool.padding, (Padding{0, 0, 0, 1}));
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output.shape(), (Shape{1, 1, 3, 4}));
  // By numbers it goes on from what was shown.
  h.click("pool/padding-choice");
  h.click("pool/padding-choice/0");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{0, 0, 0, 1}));
  expect_consistent(h);
}

TEST(Pooling, PaddingStaysWithinHalfTheWindowUnlessLargeIsAllowed) {
  AppHarness h;
  h.click("pool/more");
  h.enter("pool/padding-left", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{0, 1, 0, 0}));
  h.click("pool/large-padding");
  h.enter("pool/padding-left", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{0, 3, 0, 0}));
  expect_consistent(h);
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->indices.front(), -1) << "columns -3 and -2";
  h.click("pool/large-padding");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{0, 1, 0, 0}));
  expect_consistent(h);
}

TEST(Pooling, PaddingThatASmallerWindowTakesBackIsSaid) {
  AppHarness h;
  h.enter("pool/kernel/y", "4");
  h.enter("pool/kernel/x", "4");
  h.enter("pool/padding/y", "2");
  EXPECT_EQ(h.app().view().toast.text, "");
  h.enter("pool/kernel/y", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.padding, (Padding{1, 0, 1, 0}));
  EXPECT_EQ(h.app().view().toast.text,
            "Padding 2, 0 is more than half the window (3 × 4): 1, 0 is taken.");
  h.enter("pool/kernel/y", "2");
  EXPECT_EQ(h.app().view().toast.text, "") << "it is half of that window, too";
}

TEST(Pooling, TheStrideFollowsTheWindow) {
  AppHarness h;
  h.enter("pool/kernel/y", "3");
  EXPECT_EQ(first_layer(h.app().document().scene()).pool.options.stride, (Yx{3, 2}));
  EXPECT_EQ(h.app().live().results()->layers[0].pooled->output.shape(), (Shape{1, 1, 2, 3}));
}

}  // namespace
}  // namespace convscope::program
