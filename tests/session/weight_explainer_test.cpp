#include "app/session/weight_explainer.h"

#include <gtest/gtest.h>

#include "tests/random_tensor.h"

namespace convscope::session {
namespace {

// Gradients of a layer that takes noise; those that the explainer looks at.
LayerGradients gradients_of(const Shape& input, const Shape& kernel, Index copies = 1) {
  LayerGradients g;
  g.layer.input = std::make_shared<const Tensor>(random_tensor(input, 1));
  g.layer.weight = Tensor({kernel.n * copies, kernel.c, kernel.h, kernel.w}, 1.0f);
  g.layer.options.groups = copies;
  g.layer.options.padding = {1, 1, 1, 1};
  g.layer.options.padding_mode = PaddingMode::kReflect;
  const Shape output = conv2d_output_shape(input, g.layer.weight.shape(), g.layer.options);
  g.output_reached = std::make_shared<const Tensor>(random_tensor(output, 2));
  g.kernel = Tensor(kernel, 0.0f);
  return g;
}

GradientSum expected(const LayerGradients& g, std::vector<WeightPlace> places) {
  return explain_grad_weight(*g.layer.input, *g.output_reached, g.layer.weight.shape(),
                             g.layer.options, places, 16);
}

void expect_equal(const GradientSum* sum, const GradientSum& wanted) {
  ASSERT_NE(sum, nullptr);
  EXPECT_EQ(sum->products, wanted.products);
  EXPECT_EQ(sum->count, wanted.count);
  EXPECT_EQ(sum->nonzero, wanted.nonzero);
  EXPECT_EQ(sum->largest, wanted.largest);
}

TEST(WeightExplainer, SumsASmallGradientAtOnce) {
  WeightExplainer explainer([] {});
  const LayerGradients g = gradients_of({1, 1, 9, 8}, {1, 1, 3, 3});
  for (const WeightPlace place : {WeightPlace{0, 0, 2, 1}, WeightPlace{0, 0, 0, 0}})
    expect_equal(explainer.sum(g, place), expected(g, {place}));
}

TEST(WeightExplainer, SumsOverAllChannelsThatShareTheKernel) {
  WeightExplainer explainer([] {});
  const LayerGradients g = gradients_of({1, 3, 9, 8}, {1, 1, 3, 3}, 3);
  const GradientSum wanted = expected(g, {{0, 0, 1, 2}, {1, 0, 1, 2}, {2, 0, 1, 2}});
  EXPECT_EQ(wanted.count, 3 * 9 * 8);
  expect_equal(explainer.sum(g, {0, 0, 1, 2}), wanted);
}

TEST(WeightExplainer, SumsALargeGradientOnAThreadOfItsOwn) {
  WeightExplainer explainer([] {});
  const LayerGradients g = gradients_of({1, 1, 600, 500}, {1, 1, 3, 3});
  const WeightPlace first{0, 0, 0, 0}, second{0, 0, 2, 2};
  EXPECT_EQ(explainer.sum(g, first), nullptr);
  explainer.wait();
  expect_equal(explainer.sum(g, first), expected(g, {first}));
  // Of another weight nothing is told before it is known.
  EXPECT_EQ(explainer.sum(g, second), nullptr);
  explainer.wait();
  expect_equal(explainer.sum(g, second), expected(g, {second}));
}

TEST(WeightExplainer, TellsNothingOfOtherValues) {
  WeightExplainer explainer([] {});
  LayerGradients g = gradients_of({1, 1, 600, 500}, {1, 1, 3, 3});
  const WeightPlace place{0, 0, 0, 1};
  explainer.sum(g, place);
  explainer.wait();
  ASSERT_NE(explainer.sum(g, place), nullptr);
  g.layer.input = std::make_shared<const Tensor>(random_tensor({1, 1, 600, 500}, 3));
  EXPECT_EQ(explainer.sum(g, place), nullptr) << "the input is another";
  explainer.wait();
  expect_equal(explainer.sum(g, place), expected(g, {place}));
  g.output_reached = std::make_shared<const Tensor>(random_tensor(g.output_reached->shape(), 4));
  EXPECT_EQ(explainer.sum(g, place), nullptr) << "the output's gradient is another";
  explainer.wait();
  expect_equal(explainer.sum(g, place), expected(g, {place}));
  g.layer.options.padding_mode = PaddingMode::kCircular;
  EXPECT_EQ(explainer.sum(g, place), nullptr) << "the padding is another";
}

TEST(WeightExplainer, LetsGoOfWhatIsNotAskedForAnyMore) {
  WeightExplainer explainer([] {});
  std::weak_ptr<const Tensor> gradient;
  {
    const LayerGradients g = gradients_of({1, 1, 600, 500}, {1, 1, 3, 3});
    gradient = g.output_reached.shared();
    explainer.sum(g, {});
    explainer.wait();
    EXPECT_NE(explainer.sum(g, {}), nullptr);
    explainer.end_frame();
  }
  EXPECT_FALSE(gradient.expired());
  explainer.end_frame();
  explainer.wait();
  EXPECT_TRUE(gradient.expired());
}

}  // namespace
}  // namespace convscope::session
