// What results tell of the cells in which they differ from earlier ones.
#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

#include "tests/differing_cells.h"
#include "tests/random_tensor.h"
#include "tests/session/large_scene.h"

namespace convscope::session {
namespace {

bool within(const CellRect& outer, const CellRect& inner) {
  return united(outer, inner) == outer;
}

// What differs is within what the values say; gives what they say.
struct ToldChange {
  std::optional<CellRect> output, pooled;
};
ToldChange told_change(const LayerResults& now, const LayerResults& before) {
  const ToldChange told{now.output.changed_since(before.output),
                        now.pooled.changed_since(before.pooled)};
  if (told.output) {
    EXPECT_TRUE(within(*told.output, differing_cells(*before.output, *now.output)));
  }
  if (told.pooled) {
    EXPECT_TRUE(within(*told.pooled, differing_cells(before.pooled->output, now.pooled->output)));
  }
  return told;
}

TEST(SceneEvaluation, ResultsTellWhereTheyDifferFromTheOnesBefore) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  ResultsPtr shown = evaluated(evaluation, scene);
  for (Index i = 0; i < 9; ++i) {
    const ResultsPtr before = shown;
    const Index at = 20 + 12 * i;
    if (i % 3 < 2) stroke(scene, at, static_cast<float>(i + 1));
    if (i % 3 == 2) drag(scene, static_cast<float>(i));
    shown = evaluated(evaluation, scene);
    const ToldChange told = told_change(shown->layers[0], before->layers[0]);
    if (i % 3 == 2) {
      EXPECT_FALSE(told.output || told.pooled) << "a weight changes all";
    } else if (i < 2) {
      EXPECT_EQ(told.output, (CellRect{at - 6, 2 * at - 6, at + 5, 2 * at + 1}));
      EXPECT_EQ(told.pooled, (CellRect{(at - 6) / 2, at - 3, (at + 4) / 2 + 1, at + 1}));
    }
  }
  ResultsPtr before = shown;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  shown = evaluated(evaluation, scene);
  EXPECT_EQ(shown->layers[0].output, before->layers[0].output);
  EXPECT_FALSE(told_change(shown->layers[0], before->layers[0]).pooled.has_value());
  before = shown;
  first_layer(scene).conv.stride = {2, 2};
  shown = evaluated(evaluation, scene);
  EXPECT_FALSE(told_change(shown->layers[0], before->layers[0]).output.has_value())
      << "it has another shape";
}

// Results that came faster than they were shown are skipped.
TEST(SceneEvaluation, ResultsTellWhereTheyDifferFromSomeBefore) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  const ResultsPtr shown = evaluated(evaluation, scene);
  ResultsPtr newest;
  for (Index i = 0; i < 5; ++i) {
    stroke(scene, 20 + 12 * i, static_cast<float>(i + 1));
    newest = evaluated(evaluation, scene);
  }
  const ToldChange told = told_change(newest->layers[0], shown->layers[0]);
  ASSERT_TRUE(told.output && told.pooled);
  EXPECT_LT(told.output->height(), shown->layers[0].output->shape().h / 2);
  // What another shape came between is not known.
  first_layer(scene).conv.stride = {2, 2};
  evaluated(evaluation, scene);
  first_layer(scene).conv.stride = {1, 1};
  newest = evaluated(evaluation, scene);
  EXPECT_FALSE(newest->layers[0].output.changed_since(shown->layers[0].output).has_value());
}

// A dragged weight leaves rounding errors everywhere, and a stroke removes them from all that it
// evaluates anew.
TEST(SceneEvaluation, AStrokeAfterADragTellsWhatItTidiesToo) {
  Scene scene = large_scene();
  SceneEvaluation evaluation;
  ResultsPtr shown = evaluated(evaluation, scene);
  for (int i = 0; i < 6; ++i) {
    drag(scene, 0.1f * static_cast<float>(i));
    shown = evaluated(evaluation, scene);
  }
  ASSERT_FALSE(shown->layers[0].exact);
  for (Index i = 0; i < 3; ++i) {
    const ResultsPtr before = shown;
    stroke(scene, 20 + 12 * i, 5.0f);
    shown = evaluated(evaluation, scene);
    const ToldChange told = told_change(shown->layers[0], before->layers[0]);
    ASSERT_TRUE(told.output && told.pooled);
    EXPECT_LT(told.output->height(), 50);
  }
  const ResultsPtr exact = *evaluation.refine({});
  EXPECT_FALSE(told_change(exact->layers[0], shown->layers[0]).output.has_value());
  stroke(scene, 100, 5.0f);
  EXPECT_TRUE(
      told_change(evaluated(evaluation, scene)->layers[0], exact->layers[0]).output.has_value());
}

// Every path of the convolution, with and without ReLU, and in the chain behind it: strokes, drags,
// undo and whole evaluations in any order, shown or skipped. What is said is true to the last bit.
TEST(SceneEvaluation, WhatResultsTellIsTrueToTheLastBit) {
  for (const Index side : {3, 7, 31}) {
    for (const bool low_rank : {false, true}) {
      for (const bool transposed : {false, true}) {
        SCOPED_TRACE(std::to_string(side) + (low_rank ? " low rank" : "") +
                     (transposed ? " transposed" : ""));
        Scene scene = large_scene();
        first_layer(scene).kernel.weight = random_tensor({1, 1, side, side}, 2);
        if (low_rank) first_layer(scene).kernel.weight = Tensor(Shape{1, 1, side, side}, 0.25f);
        first_layer(scene).conv.transposed = transposed;
        first_layer(scene).relu = side == 7;
        scene.layers.resize(2);
        SceneEvaluation evaluation;
        std::mt19937 random(static_cast<unsigned>(side));
        std::deque<ResultsPtr> held{evaluated(evaluation, scene)};
        std::vector<TensorPtr> inputs{scene.input.tensor};
        auto kind = random() % 6;
        for (int i = 0; i < 32; ++i) {
          if (random() % 3 == 0) kind = random() % 6;
          const auto value = static_cast<float>(random() % 90) * 0.1f;
          if (kind == 0) first_layer(scene).kernel.weight.at(1, 1) = value;
          if (kind == 1) scene.input.tensor = inputs[random() % inputs.size()];
          if (kind > 2) stroke(scene, static_cast<Index>(random() % 190), value);
          inputs.push_back(scene.input.tensor);
          if (kind == 2) {
            const auto exact = evaluation.refine({});
            if (exact) held.push_back(*exact);
          } else {
            held.push_back(evaluated(evaluation, scene));
          }
          if (held.size() > 3) held.pop_front();
          for (const ResultsPtr& before : held) {
            told_change(held.back()->layers[0], before->layers[0]);
            const TensorPtr& last = held.back()->layers[1].output;
            const auto told = last.changed_since(before->layers[1].output);
            if (told) {
              EXPECT_TRUE(within(*told, differing_cells(*before->layers[1].output, *last)));
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace convscope::session
