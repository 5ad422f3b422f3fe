// What the Layers page shows of the gradients, and what a cell reaches against perturbed inputs.
#include "app/session/gradient_view.h"

// RapidCheck uses GoogleTest without including it.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <span>

#include "app/session/evaluator.h"
#include "tests/engine/arbitrary.h"
#include "tests/random_tensor.h"

namespace convscope::session {
namespace {

BackwardPtr gradients_of(const Scene& scene) {
  const auto results = std::make_shared<const Results>(evaluate(scene));
  return std::make_shared<const BackwardResults>(
      *go_backward({results, scene.layers.size(), nullptr, {}}, {}));
}

// Draws a chain of up to three layers without ReLU, with positive weights and averages, in which
// everything that is reached changes.
Scene arbitrary_chain() {
  const ConvCase c = arbitrary_case();
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor(c.input, 1));
  ConvolutionLayer first;
  first.kernel.layer = true;
  first.kernel.weight = random_tensor(c.weight, 2, 0.5f, 1.5f);
  const Index out = c.options.transposed ? c.weight.c * c.options.groups : c.weight.n;
  first.kernel.bias.assign(static_cast<std::size_t>(out), 0.1f);
  first.conv.padding = c.options.padding;
  first.conv.padding_mode = c.options.padding_mode;
  first.conv.stride = c.options.stride;
  first.conv.dilation = c.options.dilation;
  first.conv.groups = c.options.groups;
  first.conv.transposed = c.options.transposed;
  first.conv.output_padding = c.options.output_padding;
  first.pooled = true;
  first.pool.options.kind = PoolKind::kAverage;
  first.pool.options.kernel = {pick(1, 2), pick(1, 2)};
  first.pool.options.stride = {pick(1, 2), pick(1, 2)};
  scene.layers = {LayerScene{first}};
  const Index more = pick(0, 2);
  for (Index i = 0; i < more; ++i) {
    ConvolutionLayer next;
    next.kernel.layer = true;
    next.conv.groups = pick(0, 1) == 1 ? out : 1;  // each channel alone, or all
    next.kernel.weight = random_tensor({out, out / next.conv.groups, 2, 1}, 3, 0.5f, 1.5f);
    next.kernel.bias.assign(static_cast<std::size_t>(out), 0.0f);
    next.conv.padding = {1, 0, 1, 2};
    next.conv.stride = {1, pick(1, 2)};
    scene.layers.push_back({next});
  }
  return scene;
}

bool all_there(const Results& results) {
  return std::ranges::all_of(results.layers, [](const LayerResults& layer) {
    return layer.output && layer.pooled_error.empty();
  });
}

const Tensor& result_of(const Results& results) {
  const LayerResults& last = results.layers.back();
  return last.pooled ? last.pooled->output : *last.output;
}

RC_GTEST_PROP(GradientView, WhatACellReachesIsWhatChangesWithIt, ()) {
  Scene scene = arbitrary_chain();
  const Results before = evaluate(scene);
  if (!all_there(before)) RC_DISCARD("no output");
  const GradientView view = *make_gradient_view(
      {gradients_of(scene), {{scene.layers.size() - 1, StagePart::kPooled}, 0, 0, 0}});
  const Shape& in = scene.input.tensor->shape();
  const Index channel = pick(0, in.c - 1);
  const Yx cell{pick(0, in.h - 1), pick(0, in.w - 1)};
  Tensor moved = *scene.input.tensor;
  moved.at(0, channel, cell.y, cell.x) += 16.0f;
  scene.input.tensor = std::make_shared<const Tensor>(std::move(moved));
  const Results after = evaluate(scene);
  const Tensor& a = result_of(before);
  const Tensor& b = result_of(after);
  const CellCross reach = chained_reach(view.steps, cell);
  const std::vector<bool> maps = reached_maps(*view.backward, 0, channel, scene.layers.size() - 1);
  for (Index map = 0; map < a.shape().c; ++map) {
    for (Index y = 0; y < a.shape().h; ++y) {
      for (Index x = 0; x < a.shape().w; ++x) {
        const bool reached = maps[static_cast<std::size_t>(map)] &&
                             std::ranges::binary_search(reach.rows, y) &&
                             std::ranges::binary_search(reach.columns, x);
        RC_ASSERT(reached == (a.at(0, map, y, x) != b.at(0, map, y, x)));
      }
    }
  }
}

TEST(GradientView, TheStepsOfTheChainKnowWhereAStageIs) {
  Scene scene = default_scene();
  first_layer(scene).pool.options.kernel = {2, 2};
  ConvolutionLayer next = first_layer(scene);
  next.pooled = false;
  scene.layers.push_back({next});
  const BackwardPtr backward = gradients_of(scene);
  ASSERT_EQ(backward->error, "");
  const auto view = [&](std::size_t layer, StagePart part) {
    return *make_gradient_view({backward, {{layer, part}, 0, 0, 0}});
  };
  EXPECT_EQ(view(0, StagePart::kOutput).through, 1u);
  EXPECT_EQ(view(0, StagePart::kPooled).through, 2u);
  EXPECT_EQ(view(1, StagePart::kOutput).before, 2u);
  EXPECT_EQ(view(1, StagePart::kOutput).through, 3u);
  EXPECT_EQ(view(1, StagePart::kOutput).steps.size(), 3u);
}

TEST(GradientView, WithoutMemoryThereAreNoPictures) {
  const Scene scene = default_scene();
  MemoryLimit limit;
  limit.bytes = 10;
  const GradientView view = *make_gradient_view({gradients_of(scene), {}}, {}, limit);
  EXPECT_TRUE(view.input.empty());
  EXPECT_TRUE(view.maps.empty());
  EXPECT_FALSE(view.steps.empty());
}

TEST(GradientView, TheErrorOfTheLearningIsOfTheFirstLayer) {
  Scene scene = default_scene();
  scene.layers.push_back(scene.layers.front());
  scene.backward.source = GradientSource::kError;
  EXPECT_NE(gradients_of(scene)->error.find("the first layer alone"), std::string::npos);
}

}  // namespace
}  // namespace convscope::session
