#include "app/session/scene_evaluation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <set>

#include "app/session/evaluator.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"
#include "tests/session/large_scene.h"

namespace convscope::session {
namespace {

void expect_close(const Results& actual, const Scene& scene) {
  const Results expected = evaluate(scene);
  ASSERT_TRUE(actual.layers[0].output && actual.layers[0].pooled);
  EXPECT_LT(difference(*actual.layers[0].output, *expected.layers[0].output), 1e-5);
  EXPECT_LT(difference(*actual.layers[0].activated, *expected.layers[0].activated), 1e-5);
  EXPECT_LT(difference(actual.layers[0].pooled->output, expected.layers[0].pooled->output), 1e-5);
}

TEST(SceneEvaluation, ADraggedWeightIsBroughtIntoAnOldOutput) {
  for (const Index channels : {1, 3}) {
    Scene scene = large_scene(channels);
    first_layer(scene).relu = channels == 3;
    SceneEvaluation evaluation;
    ResultsPtr shown = evaluated(evaluation, scene);
    int updated = 0;
    for (int i = 0; i < 10; ++i) {
      drag(scene, 0.1f * static_cast<float>(i));
      shown = evaluated(evaluation, scene);
      updated += !shown->layers[0].exact;
      expect_close(*shown, scene);
    }
    EXPECT_GE(updated, 8);
    const ResultsPtr exact = *evaluation.refine({});
    EXPECT_TRUE(exact->layers[0].exact);
    EXPECT_EQ(*exact->layers[0].output, *evaluate(scene).layers[0].output);
    EXPECT_EQ(exact->layers[0].pooled->output, evaluate(scene).layers[0].pooled->output);
    EXPECT_FALSE(evaluation.refine({}).has_value()) << "there is nothing left to refine";
  }
}

TEST(SceneEvaluation, ABrushStrokeIsBroughtIntoOldOutputsAndPoolings) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  ResultsPtr shown = evaluated(evaluation, scene);
  int updated = 0;
  for (Index i = 0; i < 10; ++i) {
    stroke(scene, 20 + 12 * i, static_cast<float>(i));
    shown = evaluated(evaluation, scene);
    updated += !shown->layers[0].exact;
    const Results expected = evaluate(scene);
    EXPECT_LT(difference(*shown->layers[0].output, *expected.layers[0].output), 1e-5);
    EXPECT_LT(difference(shown->layers[0].pooled->output, expected.layers[0].pooled->output), 1e-5);
  }
  EXPECT_GE(updated, 8);
}

// What is shown must not change under the eyes of who looks at it.
TEST(SceneEvaluation, ShownResultsAreNeverWrittenTo) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  const ResultsPtr kept = evaluated(evaluation, scene);
  const Tensor output = *kept->layers[0].output;
  const Tensor pooled = kept->layers[0].pooled->output;
  ResultsPtr shown;
  std::set<const Tensor*> outputs;
  for (Index i = 0; i < 12; ++i) {
    if (i % 3 == 0) stroke(scene, 3 * i, 1.0f);
    if (i % 3 == 1) drag(scene, static_cast<float>(i));
    if (i % 3 == 2) first_layer(scene).kernel.bias = {static_cast<float>(i)};
    shown = evaluated(evaluation, scene);
    outputs.insert(shown->layers[0].output.get());
    expect_close(*shown, scene);
  }
  EXPECT_EQ(*kept->layers[0].output, output);
  EXPECT_EQ(kept->layers[0].pooled->output, pooled);
  EXPECT_EQ(outputs.count(kept->layers[0].output.get()), 0u);
  EXPECT_LE(outputs.size(), 3u) << "buffers are used again";
}

// Several are shown at a time, so that several buffers are taken.
std::vector<std::weak_ptr<const void>> values_of_large_results(SceneEvaluation& evaluation) {
  Scene scene = large_scene();
  first_layer(scene).relu = true;
  std::vector<std::weak_ptr<const void>> values;
  std::deque<ResultsPtr> shown;
  for (Index i = 0; i < 8; ++i) {
    stroke(scene, 20 + 12 * i, static_cast<float>(i + 1));
    shown.push_back(evaluated(evaluation, scene));
    if (shown.size() > 3) shown.pop_front();
    const LayerResults& r = shown.back()->layers[0];
    values.insert(values.end(),
                  {r.input.shared(), r.output.shared(), r.activated.shared(), r.pooled.shared()});
  }
  return values;
}

TEST(SceneEvaluation, TheMemoryOfALargeSceneIsGivenBack) {
  Scene too_small = default_scene();
  too_small.input.tensor = shared(Tensor(Shape{1, 1, 1, 1}, 1.0f));
  for (const Scene& next : {default_scene(), too_small}) {
    SceneEvaluation evaluation;
    const auto values = values_of_large_results(evaluation);
    const auto kept = [&] {
      return std::ranges::count_if(values, [](const auto& value) { return !value.expired(); });
    };
    EXPECT_GT(kept(), 8);
    const ResultsPtr shown = evaluated(evaluation, next);
    EXPECT_EQ(shown->layers[0].output == nullptr, next.input.tensor == too_small.input.tensor);
    EXPECT_EQ(kept(), 0);
  }
}

TEST(SceneEvaluation, WithoutReluItsValuesAreGivenBack) {
  Scene scene = large_scene();
  first_layer(scene).relu = true;
  SceneEvaluation evaluation;
  const std::weak_ptr<const Tensor> activated =
      evaluated(evaluation, scene)->layers[0].activated.shared();
  EXPECT_FALSE(activated.expired());
  first_layer(scene).relu = false;
  evaluated(evaluation, scene);
  EXPECT_TRUE(activated.expired());
}

TEST(SceneEvaluation, ANewPoolingOfAnInexactOutputStaysInexact) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  for (int i = 0; i < 4; ++i) {
    drag(scene, static_cast<float>(i));
    evaluated(evaluation, scene);
  }
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  EXPECT_FALSE(evaluated(evaluation, scene)->layers[0].exact);
  EXPECT_EQ((*evaluation.refine({}))->layers[0].pooled->output,
            evaluate(scene).layers[0].pooled->output);
}

TEST(SceneEvaluation, AStoppedUpdateLeavesNothingBehind) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  for (int i = 0; i < 4; ++i) {
    drag(scene, static_cast<float>(i));
    evaluated(evaluation, scene);
  }
  std::stop_source stopped;
  stopped.request_stop();
  drag(scene, 100.0f);
  EXPECT_FALSE(evaluation.evaluate(scene, false, stopped.get_token()).has_value());
  drag(scene, 1.0f);
  expect_close(*evaluated(evaluation, scene), scene);
}

TEST(ChangeBetween, TellsWhatMayBeUpdated) {
  using Kind = ConvChange::Kind;
  const ConvOperands before{
      shared(random_tensor({1, 1, 20, 30}, 1)), random_tensor({1, 1, 7, 7}, 2), {0.5f}, {}};
  ConvOperands after = before;
  FiniteValues finite;
  EXPECT_EQ(change_between(before, after, finite).kind, Kind::kNone);
  after.weight.at(2, 3) += 1.0f;
  const ConvChange weight = change_between(before, after, finite);
  ASSERT_EQ(weight.kind, Kind::kWeights);
  ASSERT_EQ(weight.weights.size(), 1u);
  EXPECT_EQ(weight.weights[0].at.y, 2);
  EXPECT_EQ(weight.weights[0].at.x, 3);
  EXPECT_FLOAT_EQ(weight.weights[0].delta, 1.0f);

  after.weight.at(2, 3) = std::numeric_limits<float>::infinity();
  EXPECT_EQ(change_between(before, after, finite).kind, Kind::kAll)
      << "inf − inf can't be taken back";
  after = before;
  after.bias = {1.0f};
  EXPECT_EQ(change_between(before, after, finite).kind, Kind::kAll);
  after = before;
  after.options.transposed = true;
  EXPECT_EQ(change_between(before, after, finite).kind, Kind::kAll);

  after = before;
  Tensor input = *before.input;
  input.at(4, 7) = std::numeric_limits<float>::quiet_NaN();
  input.at(9, 5) = 2.0f;
  after.input = {std::make_shared<const Tensor>(input),
                 before.input.revision().followed_by({4, 5, 10, 8})};
  const ConvChange cells = change_between(before, after, finite);
  ASSERT_EQ(cells.kind, Kind::kCells);
  EXPECT_EQ(cells.cells, (CellRect{4, 5, 10, 8}));
  ConvOperands both = after;
  both.weight.at(0, 0) += 1.0f;
  EXPECT_EQ(change_between(before, both, finite).kind, Kind::kAll);
  EXPECT_EQ(change_between(after, both, finite).kind, Kind::kAll) << "the input holds a NaN";
}

// As on the Layers page: some are shown, of others pictures are made, others wait.
TEST(SceneEvaluation, WhatIsShownIsNotWrittenToAndNothingIsAllocatedAgain) {
  Scene scene = large_scene();
  first_layer(scene).relu = true;
  scene.layers.resize(2);
  convolution(scene.layers[1]).relu = true;
  convolution(scene.layers[1]).pooled = true;
  SceneEvaluation evaluation;
  std::deque<ResultsPtr> held;
  std::set<const float*> outputs, activated, pooled, last;
  for (int i = 0; i < 30; ++i) {
    drag(scene, 0.1f * static_cast<float>(i));
    held.push_back(evaluated(evaluation, scene));
    if (held.size() > 4) held.pop_front();
    const Results& newest = *held.back();
    outputs.insert(newest.layers[0].output->data());
    activated.insert(newest.layers[0].activated->data());
    pooled.insert(newest.layers[0].pooled->output.data());
    last.insert(newest.layers[1].pooled->output.data());
    for (const ResultsPtr& results : held)
      expect_close(*results, results->scene);
  }
  EXPECT_LE(outputs.size(), 5u);
  EXPECT_LE(activated.size(), 5u);
  EXPECT_LE(pooled.size(), 5u);
  EXPECT_LE(last.size(), 5u);
}

TEST(FiniteValues, AreLookedAtAgainInAnotherTensor) {
  const TensorPtr input = shared(Tensor(Shape{1, 1, 2, 3}, 1.0f));
  FiniteValues finite;
  EXPECT_TRUE(finite.in(input));
  EXPECT_TRUE(finite.in(input));
  for (const float value :
       {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    Tensor changed = *input;
    changed.at(1, 2) = value;
    const TensorPtr other = shared(changed);
    EXPECT_FALSE(finite.in(other));
    EXPECT_FALSE(finite.in(other));
    EXPECT_TRUE(finite.in(input));
  }
}

}  // namespace
}  // namespace convscope::session
