#include "app/session/evaluator.h"

#include <gmock/gmock.h>

#include <atomic>
#include <semaphore>

#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope::session {
namespace {

using testing::HasSubstr;

TensorPtr shared(Tensor tensor) {
  return std::make_shared<const Tensor>(std::move(tensor));
}

Scene scene_with_bias(float bias) {
  Scene scene = default_scene();
  first_layer(scene).kernel.bias = {bias};
  return scene;
}

// Of any channels, kernel, padding and pooling; it may well give no output.
Scene arbitrary_scene() {
  const ConvCase c = arbitrary_plane_case();
  Scene scene;
  const Index channels = pick(0, 1) == 0 ? 1 : 3;
  scene.input.tensor = shared(random_tensor({1, channels, c.input.h, c.input.w}, 1));
  first_layer(scene).kernel.weight = random_tensor({1, 1, c.weight.h, c.weight.w}, 2);
  first_layer(scene).kernel.bias = {0.25f};
  first_layer(scene).conv.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  first_layer(scene).conv.padding = c.options.padding;
  first_layer(scene).conv.padding_mode = c.options.padding_mode;
  first_layer(scene).conv.stride = c.options.stride;
  first_layer(scene).conv.dilation = c.options.dilation;
  first_layer(scene).pool.options = arbitrary_pool_case().options;
  first_layer(scene).pool.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  return scene;
}

RC_GTEST_PROP(Evaluate, EqualsTheReferences, ()) {
  const Scene scene = arbitrary_scene();
  const Results results = evaluate(scene);
  RC_ASSERT(results.scene == scene);
  RC_ASSERT((results.layers[0].output == nullptr) == !results.layers[0].output_error.empty());
  RC_ASSERT((results.layers[0].pooled == nullptr) == !results.layers[0].pooled_error.empty());
  if (!results.layers[0].output) {
    RC_ASSERT(results.layers[0].pooled_error == "there is no output to pool");
    return;
  }
  const Index channels = scene.input.tensor->shape().c;
  const std::vector<float> bias(static_cast<std::size_t>(channels),
                                first_layer(scene).kernel.bias.front());
  const Tensor expected = reference::conv2d(
      *scene.input.tensor, per_channel_weight(first_layer(scene).kernel.weight, channels), bias,
      results.layers[0].options);
  RC_ASSERT(difference_of_units(*results.layers[0].output, expected) < 1e-5);
  if (!results.layers[0].pooled) return;
  const Pool2dResult pooled = reference::pool2d(*results.layers[0].output, results.layers[0].pool);
  RC_ASSERT(results.layers[0].pool ==
            pool_options(first_layer(scene).pool, results.layers[0].output->shape()));
  if (first_layer(scene).pool.options.kind ==
      PoolKind::kMax)  // -inf where a window misses every cell
    RC_ASSERT(results.layers[0].pooled->output == pooled.output);
  else
    RC_ASSERT(difference_of_units(results.layers[0].pooled->output, pooled.output) < 1e-5);
  RC_ASSERT(results.layers[0].pooled->indices == pooled.indices);
}

TEST(Evaluate, NotebookScene) {
  const Results results = evaluate(default_scene());
  EXPECT_EQ(results.layers[0].output->shape(), (Shape{1, 1, 6, 7}));
  for (Index y = 0; y < 6; ++y) {
    for (Index x = 0; x < 7; ++x)
      EXPECT_EQ(results.layers[0].output->at(y, x), x == 1 ? 1.0f : x == 5 ? -1.0f : 0.0f);
  }
  EXPECT_EQ(results.layers[0].pooled->output, Tensor::from_rows({{1, 0, 0}, {1, 0, 0}, {1, 0, 0}}));
  EXPECT_TRUE(results.layers[0].output_error.empty());
  EXPECT_TRUE(results.layers[0].pooled_error.empty());
}

TEST(Evaluate, ErrorsAreSentencesInTheirPlace) {
  Scene scene = default_scene();
  first_layer(scene).conv.padding_choice = PaddingChoice::kSame;
  first_layer(scene).conv.stride = {2, 2};
  EXPECT_THAT(evaluate(scene).layers[0].output_error, HasSubstr("padding \"same\" needs stride 1"));
  EXPECT_EQ(evaluate(scene).layers[0].pooled_error, "there is no output to pool");

  scene = default_scene();
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 7, 2}, 1.0f);
  EXPECT_EQ(evaluate(scene).layers[0].output_error,
            "weight [1, 1, 7, 2] does not fit into input [1, 1, 6, 8]: it covers 7 × 2 cells, and "
            "the padded input has 6 × 8");

  scene = default_scene();
  first_layer(scene).pool.options.kernel = {9, 9};
  const Results results = evaluate(scene);
  EXPECT_NE(results.layers[0].output, nullptr);
  EXPECT_EQ(results.layers[0].pooled, nullptr);
  EXPECT_THAT(results.layers[0].pooled_error,
              HasSubstr("pooling kernel (9, 9) does not fit into input"));
}

TEST(Evaluator, NothingUntilSomethingIsSubmitted) {
  Evaluator evaluator([] {});
  evaluator.wait();
  EXPECT_EQ(evaluator.results(), nullptr);
  EXPECT_FALSE(evaluator.busy());
}

ConvolutionLayer layer_of(const Shape& weight, std::uint64_t seed) {
  ConvolutionLayer layer;
  layer.kernel.layer = true;
  layer.kernel.weight = random_tensor(weight, seed);
  layer.kernel.bias.assign(static_cast<std::size_t>(weight.n), 0.125f);
  return layer;
}

// conv -> ReLU -> pool -> conv -> ReLU, on two colour pictures.
Scene chain_scene() {
  Scene scene;
  scene.input.tensor = shared(random_tensor({2, 3, 12, 10}, 1));
  first_layer(scene).kernel = layer_of({4, 3, 3, 3}, 2).kernel;
  first_layer(scene).relu = true;
  scene.layers.push_back({layer_of({2, 4, 3, 2}, 3)});
  convolution(scene.layers[1]).relu = true;
  return scene;
}

TEST(Evaluate, AChainEqualsTheReferencesOneAfterTheOther) {
  const Scene scene = chain_scene();
  const Results results = evaluate(scene);
  Tensor x = reference::conv2d(*scene.input.tensor, first_layer(scene).kernel.weight,
                               first_layer(scene).kernel.bias, {});
  ASSERT_TRUE(results.layers[0].output);
  EXPECT_LT(difference_of_units(*results.layers[0].output, x), 1e-5);
  for (float& v : x.values())
    v = std::max(v, 0.0f);
  x = reference::pool2d(x, first_layer(scene).pool.options).output;
  ASSERT_TRUE(results.layers[0].pooled);
  EXPECT_LT(difference_of_units(results.layers[0].pooled->output, x), 1e-5);
  const ConvolutionLayer& layer = convolution(scene.layers[1]);
  x = reference::conv2d(x, layer.kernel.weight, layer.kernel.bias, {});
  ASSERT_EQ(results.layers.size(), 2u);
  ASSERT_TRUE(results.layers[1].output);
  EXPECT_LT(difference_of_units(*results.layers[1].output, x), 1e-5);
  for (float& v : x.values())
    v = std::max(v, 0.0f);
  EXPECT_LT(difference_of_units(*results.layers[1].activated, x), 1e-5);
  EXPECT_EQ(results.layers[1].pooled, nullptr);
}

TEST(Evaluator, AChangeAtTheEndOfAChainKeepsWhatStandsBefore) {
  Scene scene = chain_scene();
  Evaluator evaluator([] {});
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr before = evaluator.results();
  convolution(scene.layers[1]).kernel.bias[0] = 1.0f;
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr after = evaluator.results();
  EXPECT_EQ(after->layers[0].output, before->layers[0].output);
  EXPECT_NE(after->layers[1].output, before->layers[1].output);
  EXPECT_EQ(evaluate(scene).layers[1].output->values()[0], after->layers[1].output->values()[0]);
}

TEST(Evaluator, AChangeThatComputesNothingKeepsTheWholeChain) {
  Scene scene = chain_scene();
  scene.layers.push_back({layer_of({3, 2, 1, 2}, 4)});
  Evaluator evaluator([] {});
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr before = evaluator.results();
  scene.learning.rate = 0.5f;
  convolution(scene.layers[2]).kernel.bias[0] = 1.0f;
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr after = evaluator.results();
  EXPECT_EQ(after->layers[0].pooled, before->layers[0].pooled);
  EXPECT_EQ(after->layers[1].output, before->layers[1].output);
  EXPECT_NE(after->layers[2].output, before->layers[2].output);
}

TEST(Evaluate, AChainWithoutAnInputSaysSo) {
  Scene scene = chain_scene();
  scene.input.tensor = shared(random_tensor({1, 3, 2, 2}, 1));
  const Results results = evaluate(scene);
  EXPECT_FALSE(results.layers[0].output_error.empty());
  EXPECT_EQ(results.layers.at(1).output_error, "the layer before it gives no output");
}

TEST(Evaluator, TheNewestWinsAndResultsAreOfOnePiece) {
  Evaluator evaluator([] {});
  float last_seen = -1.0f;
  for (int i = 0; i < 300; ++i) {
    evaluator.submit(scene_with_bias(static_cast<float>(i)));
    const ResultsPtr results = evaluator.results();
    if (!results) continue;
    const float bias = first_layer(results->scene).kernel.bias.front();
    EXPECT_GE(bias, last_seen) << "an older scene came back";
    EXPECT_EQ(results->layers[0].output->at(0, 0), bias) << "the output is of another scene";
    last_seen = bias;
  }
  evaluator.wait();
  EXPECT_FALSE(evaluator.busy());
  EXPECT_EQ(first_layer(evaluator.results()->scene).kernel.bias.front(), 299.0f);
  EXPECT_EQ(evaluator.results()->layers[0].output->at(0, 0), 299.0f);
}

TEST(Evaluator, OldResultsStayUntilNewOnesAreWhole) {
  std::binary_semaphore woken(0);
  std::counting_semaphore<8> go_on(0);
  Evaluator evaluator([&] {
    woken.release();
    go_on.acquire();  // holds the worker
  });
  evaluator.submit(scene_with_bias(1));
  woken.acquire();
  evaluator.submit(scene_with_bias(2));
  evaluator.submit(scene_with_bias(3));
  EXPECT_TRUE(evaluator.busy());
  EXPECT_EQ(evaluator.results()->layers[0].output->at(0, 0), 1.0f);
  go_on.release(2);
  woken.acquire();
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->layers[0].output->at(0, 0), 3.0f);
}

TEST(Evaluator, AnErrorReplacesTheOutputAndIsReplacedByOne) {
  Evaluator evaluator([] {});
  Scene scene = default_scene();
  first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->layers[0].output, nullptr);
  EXPECT_FALSE(evaluator.results()->layers[0].output_error.empty());
  first_layer(scene).conv.padding = {4, 4, 4, 4};
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_NE(evaluator.results()->layers[0].output, nullptr);
  EXPECT_TRUE(evaluator.results()->layers[0].output_error.empty());
}

TEST(Evaluator, ANewPoolingKeepsTheOutput) {
  Evaluator evaluator([] {});
  Scene scene = default_scene();
  evaluator.submit(scene);
  evaluator.wait();
  const TensorPtr output = evaluator.results()->layers[0].output;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->layers[0].output, output);
  EXPECT_EQ(evaluator.results()->layers[0].pooled->output,
            reference::pool2d(*output, first_layer(scene).pool.options).output);
  first_layer(scene).conv.stride = {1, 2};
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_NE(evaluator.results()->layers[0].output, output);
}

TEST(Evaluator, EndsInTheMiddleOfALargeEvaluation) {
  std::atomic<int> wakes = 0;
  {
    Evaluator evaluator([&] { ++wakes; });
    Scene scene = default_scene();
    scene.input.tensor = shared(Tensor(Shape{1, 3, 2160, 3840}, 1.0f));
    first_layer(scene).kernel.weight = Tensor(Shape{1, 1, 31, 31}, 1.0f);
    first_layer(scene).conv.dilation = {2, 2};
    evaluator.submit(scene);
  }
  EXPECT_LE(wakes, 1);
}

}  // namespace
}  // namespace convscope::session
