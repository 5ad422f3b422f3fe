#include "app/session/stage_view.h"

#include <gtest/gtest.h>

#include "app/scene/layer_presets.h"
#include "app/session/evaluator.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/engine/testing.h"

namespace convscope::session {
namespace {

ResultsPtr results_of(const Scene& scene) {
  return std::make_shared<const Results>(evaluate(scene));
}

Scene two_layers() {
  Scene scene = default_scene();
  scene.input = noise_stack(3, 3, {14, 11}, 1);
  first_layer(scene).kernel = random_layer(4, 3, {3, 3}, 1);
  first_layer(scene).relu = true;
  scene.layers.resize(2);
  convolution(scene.layers[1]).kernel = random_layer(2, 4, {2, 2}, 2);
  return scene;
}

Tensor plane_of(const Tensor& tensor, Index n, Index c) {
  return Tensor({1, 1, tensor.shape().h, tensor.shape().w}, tensor.plane(n, c));
}

TEST(StageView, ShowsThePlanesOfTheSampleOfEveryStage) {
  const ResultsPtr results = results_of(two_layers());
  for (const LayerStage& stage : stages_of(results->scene)) {
    const StageView view = *make_stage_view({results, stage, 2, 1});
    const LayerResults& layer = results->layers[stage.layer];
    const Tensor& maps = *stage_tensor(layer, stage.part);
    ASSERT_EQ(view.maps.shape.c, maps.shape().c);
    for (Index c = 0; c < maps.shape().c; ++c) {
      EXPECT_EQ(plane_of(view.maps.cells, 0, c), plane_of(maps, 2, c));
      EXPECT_EQ(view.maps.ranges[static_cast<std::size_t>(c)], finite_range(maps.plane(2, c)));
    }
    for (Index c = 0; c < layer.input->shape().c; ++c)
      EXPECT_EQ(plane_of(view.input.cells, 0, c), plane_of(*layer.input, 2, c));
  }
}

TEST(StageView, TheTermsAndTheBiasSumToTheMap) {
  const ResultsPtr results = results_of(two_layers());
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 1, 1});
  const LayerResults& layer = results->layers[1];
  Tensor sum({1, 1, view.sum.shape.h, view.sum.shape.w}, layer.bias[1]);
  ASSERT_EQ(view.terms.shape.c, 4);
  for (Index i = 0; i < 4; ++i) {
    for (std::size_t v = 0; v < sum.values().size(); ++v)
      sum.values()[v] += view.terms.cells.plane(0, i)[v];
  }
  EXPECT_LT(difference(sum, plane_of(*layer.output, 1, 1)), 1e-5);
  EXPECT_EQ(view.sum.cells, plane_of(*layer.output, 1, 1));
}

TEST(StageView, TheResultsAreThoseOfTheLayerAlone) {
  const ResultsPtr results = results_of(two_layers());
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 0, 0});
  EXPECT_EQ(view.computed().kernel, convolution(results->scene.layers[1]).kernel);
  Scene alone = default_scene();
  alone.input.tensor = view.layer().input;
  first_layer(alone) = view.computed();
  EXPECT_EQ(*evaluate(alone).layers[0].output, *view.layer().output);
}

// Pooling with a window of one cell is no stage, and no step on the way.
TEST(StageView, AFirstLayerThatDoesNotPoolIsOneStep) {
  Scene scene = two_layers();
  first_layer(scene) = with_pooling_stage(first_layer(scene), 0, false);
  const ResultsPtr results = results_of(scene);
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 0, 0});
  EXPECT_EQ(view.steps.size(), 2u);
  EXPECT_EQ(view.before, 1u);
}

TEST(StageView, LargePlanesAreShownByTheMeansOfTheirCells) {
  Tensor tensor({1, 2, 600, 521});
  for (Index y = 0; y < 600; ++y)
    for (Index x = 0; x < 521; ++x)
      tensor.at(0, 1, y, x) = static_cast<float>(y % 3 + x % 3);
  const PlanePreviews previews = *preview_planes(tensor, 0, 0, 2);
  EXPECT_EQ(previews.step, 3);
  EXPECT_EQ(previews.cells.shape(), (Shape{1, 2, 200, 174}));
  EXPECT_EQ(previews.cells.at(0, 1, 7, 9), 2.0f) << "the mean of 0, 1, 2 on both axes";
  EXPECT_EQ(previews.cells.at(0, 1, 7, 173), 1.5f) << "of the two columns that are left";
  EXPECT_EQ(previews.ranges[1], (ValueRange{0.0f, 4.0f}));
}

TEST(StageView, StepsLeadFromTheSceneToTheStage) {
  const ResultsPtr results = results_of(two_layers());
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 0, 0});
  ASSERT_EQ(view.steps.size(), 3u);
  EXPECT_EQ(view.before, 2u);
  // 3 x 3, pooled 2 x 2, 2 x 2: size 3 + 1 + 2 = 6, jump 2.
  EXPECT_EQ(chain_fields(view.steps)->y, (ChainField{0, 2, 6}));
  EXPECT_EQ(view.steps.back().output, results->layers[1].output->shape());
}

TEST(StageView, ALayerWithoutOutputIsNoCrash) {
  Scene scene = two_layers();
  convolution(scene.layers[1]).kernel.weight = Tensor({2, 4, 30, 30});
  const ResultsPtr results = results_of(scene);
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 0, 0});
  EXPECT_TRUE(view.maps.empty());
  EXPECT_TRUE(view.terms.empty());
  EXPECT_FALSE(view.input.empty());
  EXPECT_TRUE(view.steps.empty());
}

TEST(StageView, ALayerThatGetsNothingShowsNothing) {
  Scene scene = two_layers();
  first_layer(scene).kernel.weight = Tensor({4, 3, 30, 30});
  const ResultsPtr results = results_of(scene);
  const StageView view = *make_stage_view({results, {1, StagePart::kOutput}, 0, 0});
  EXPECT_TRUE(view.input.empty());
  EXPECT_EQ(view.layer().input, nullptr);
  EXPECT_EQ(input_channels_of(results->scene, 1), 4);
}

}  // namespace
}  // namespace convscope::session
