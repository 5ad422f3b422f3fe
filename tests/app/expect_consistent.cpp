#include "tests/app/expect_consistent.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"

namespace convscope::program {

Tensor expected_output(const Scene& scene) {
  const LayerArguments layer = layer_arguments(first_layer(scene).kernel, first_layer(scene).conv,
                                               scene.input.tensor->shape().c);
  return reference::conv2d(*scene.input.tensor, layer.weight, layer.bias, layer.options);
}

void expect_consistent(AppHarness& h) {
  h.settle();
  const ResultsPtr& results = h.app().live().results();
  ASSERT_TRUE(results && results->layers[0].output);
  const Tensor expected = expected_output(h.app().document().scene());
  ASSERT_EQ(results->layers[0].output->shape(), expected.shape());
  for (Index i = 0; i < expected.numel(); ++i)
    EXPECT_NEAR(results->layers[0].output->values()[static_cast<std::size_t>(i)],
                expected.values()[static_cast<std::size_t>(i)], 1e-5f);
  if (!results->layers[0].pooled) return;
  Tensor pooled = *results->layers[0].output;
  if (first_layer(h.app().document().scene()).relu) {
    for (float& v : pooled.values())
      v = std::max(v, 0.0f);
  }
  EXPECT_EQ(results->layers[0].pooled->output,
            reference::pool2d(
                pooled, pool_options(first_layer(h.app().document().scene()).pool, pooled.shape()))
                .output);
}

}  // namespace convscope::program
