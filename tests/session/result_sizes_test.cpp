#include "app/session/result_sizes.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "app/scene/layer_presets.h"
#include "app/session/evaluator.h"
#include "app/session/scene_evaluation.h"
#include "app/session/stage_view.h"
#include "app/session/training_run.h"
#include "tests/session/trainer_fixture.h"

namespace convscope::session {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

MemoryLimit limit_of(Bytes bytes) {
  return {bytes, "a part of what there is"};
}

// Noise that a transposed convolution makes 4096 times as large: 17 GB.
Scene spread_noise() {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 1, {1024, 1024}, 1);
  first_layer(scene).kernel.weight = Tensor::from_rows({{1.0f}});
  first_layer(scene).conv.transposed = true;
  first_layer(scene).conv.stride = {64, 64};
  return scene;
}

// Layers after the first that add 512 cells on each side of what they get.
Scene padded_chain(std::size_t layers) {
  Scene scene = default_scene();
  ConvolutionLayer layer;
  layer.kernel.weight = Tensor::from_rows({{1.0f}});
  layer.conv.padding = {512, 512, 512, 512};
  scene.layers.insert(scene.layers.end(), layers, {layer});
  return scene;
}

TEST(ResultSizes, AnOutputOf17GigabytesIsRefusedFromItsShape) {
  const std::vector<TooLarge> too_large = too_large_results(spread_noise(), limit_of(6e9));
  ASSERT_EQ(too_large.size(), 1u);
  EXPECT_EQ(too_large[0].output,
            "layer 1's output would have the shape [1, 1, 65473, 65473] and take 17.1 GB; results "
            "may take 6 GB altogether, a part of what there is");
  EXPECT_EQ(too_large_results(spread_noise(), limit_of(100e9))[0], TooLarge{});
  EXPECT_EQ(too_large_results(spread_noise(), {})[0], TooLarge{});
}

TEST(ResultSizes, ThoseOfAChainAreSummedUp) {
  const Scene scene = padded_chain(64);
  const std::vector<TooLarge> too_large = too_large_results(scene, limit_of(6e9));
  const auto refused =
      std::ranges::find_if(too_large, [](const TooLarge& layer) { return !layer.output.empty(); });
  ASSERT_NE(refused, too_large.end());
  // None of them alone is: the largest so far has 17 · 1024 cells an axis, 1.2 GB.
  EXPECT_THAT(refused->output,
              AllOf(StartsWith("layer "), HasSubstr(" with what is there before it; results may"),
                    EndsWith("take 6 GB altogether, a part of what there is")));
  EXPECT_LT(refused - too_large.begin(), 30);
}

TEST(ResultSizes, PooledValuesCountWithTheirIndices) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 1, {1000, 1000}, 1);
  first_layer(scene).pool.options.kernel = first_layer(scene).pool.options.stride = {1, 1};
  const Shape input{1, 1, 1000, 1000};
  const Shape weight{1, 1, 1, 2};
  const Bytes output = tensor_bytes({1, 1, 1000, 999});
  const Bytes before = tensor_bytes(weight) + conv2d_scratch_bytes(input, weight, {}) + output;
  const Bytes all = before +
                    pool2d_scratch_bytes({1, 1, 1000, 999}, first_layer(scene).pool.options) +
                    3 * output;
  EXPECT_EQ(too_large_results(scene, limit_of(all))[0], TooLarge{});
  const TooLarge max = too_large_results(scene, limit_of(all - 1))[0];
  EXPECT_EQ(max.output, "");
  EXPECT_THAT(max.pooled, StartsWith("layer 1's pooled output with its indices would have the "
                                     "shape [1, 1, 1000, 999] and take 12 MB"));
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  EXPECT_EQ(too_large_results(scene, limit_of(all - 1))[0], TooLarge{});
  first_layer(scene).relu = true;
  EXPECT_THAT(too_large_results(scene, limit_of(before))[0].output,
              HasSubstr("after ReLU would have the shape"));
}

// A weight is repeated for every channel, and its copy reordered.
TEST(ResultSizes, WeightsForEveryChannelCount) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Shape{1, 60'000, 31, 31});
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 31, 31});
  EXPECT_THAT(too_large_results(scene, limit_of(500e6))[0].output,
              StartsWith("layer 1's weights and padded rows would be copied and take "));
}

TEST(ResultSizes, WhatDoesNotFitIsLeftToTheEvaluation) {
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 9, 9});
  EXPECT_EQ(too_large_results(scene, limit_of(1))[0], TooLarge{});
  EXPECT_THAT(evaluate(scene, limit_of(1)).layers[0].output_error, HasSubstr("does not fit"));
}

TEST(ResultSizes, AnEvaluationTellsWhatIsTooLargeAndTakesNothing) {
  Scene scene = spread_noise();
  scene.layers.resize(2);
  const Results results = evaluate(scene, limit_of(6e9));
  EXPECT_EQ(results.layers[0].output, nullptr);
  EXPECT_EQ(results.layers[0].activated, nullptr);
  EXPECT_EQ(results.layers[0].pooled, nullptr);
  EXPECT_EQ(results.layers[0].output_error, too_large_results(scene, limit_of(6e9))[0].output);
  EXPECT_EQ(results.layers[0].pooled_error, "there is no output to pool");
  EXPECT_EQ(results.layers[1].output_error, "the layer before it gives no output");
}

TEST(ResultSizes, LayersBeforeOneThatIsTooLargeAreThere) {
  const Results results = evaluate(padded_chain(8), limit_of(200e6));
  EXPECT_NE(results.layers[0].output, nullptr);
  EXPECT_NE(results.layers[1].output, nullptr);
  const auto first = std::ranges::find(results.layers, nullptr, &LayerResults::output);
  ASSERT_LT(first + 1, results.layers.end());
  EXPECT_THAT(first->output_error, StartsWith("layer "));
  EXPECT_EQ(std::next(first)->output_error, "the layer before it gives no output");
}

TEST(ResultSizes, EditingGoesOnWhereAnOutputWasTooLarge) {
  SceneEvaluation evaluation(limit_of(200e6));
  const Scene large = padded_chain(8);
  Scene small = large;
  for (LayerScene& layer : small.layers)
    convolution(layer).conv.padding = {};
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ((*evaluation.evaluate(large, false, {}))->layers.back().output, nullptr);
    const ResultsPtr results = *evaluation.evaluate(small, false, {});
    ASSERT_NE(results->layers.back().output, nullptr);
    EXPECT_EQ(*results->layers.back().output, *evaluate(small).layers.back().output);
  }
}

TEST(ResultSizes, ARunThatWouldTakeTooMuchSaysSo) {
  const TrainingData data = training_data(large_scene({1000, 1000}, 3));
  EXPECT_EQ(too_large_learning(data, {}), "");
  EXPECT_EQ(too_large_learning(data, limit_of(1e9)), "");
  EXPECT_THAT(too_large_learning(data, limit_of(20e6)),
              AllOf(StartsWith("a target of the shape [1, 1, 998, 998], its errors and the sums "
                               "over the input would take "),
                    EndsWith("; they may take 20 MB altogether, a part of what there is")));
}

TEST(ResultSizes, ATrainerThatMayTakeLittleHasNothingToLearn) {
  Trainer trainer([] {}, {.memory = limit_of(20e6)});
  trainer.submit(large_scene({1000, 1000}, 3));
  trainer.step();
  trainer.wait();
  const TrainingSnapshotPtr snapshot = trainer.snapshot();
  EXPECT_THAT(snapshot->message,
              AllOf(StartsWith("There is nothing to learn here: a target of the shape "),
                    EndsWith(" altogether, a part of what there is.")));
  EXPECT_EQ(snapshot->target, nullptr);
  trainer.submit(default_scene());
  trainer.wait();
  EXPECT_NE(trainer.snapshot()->target, nullptr) << trainer.snapshot()->message;
}

// A sum over 2,000 channels has as many terms, each of them a picture.
TEST(ResultSizes, PicturesOfTooManyTermsAreNotMade) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 2000, {4, 4}, 1);
  first_layer(scene).kernel = random_layer(1, 2000, {3, 3}, 1);
  first_layer(scene).conv.padding = {50, 50, 50, 50};
  const auto results = std::make_shared<const Results>(evaluate(scene));
  ASSERT_NE(results->layers[0].output, nullptr) << results->layers[0].output_error;
  const StageRequest request{results, {}, 0, 0};
  EXPECT_EQ(make_stage_view(request)->terms.cells.shape().c, 2000);
  const std::optional<StageView> view = make_stage_view(request, {}, limit_of(10e6));
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->terms.empty());
}

}  // namespace
}  // namespace convscope::session
