#include "app/session/evaluator.h"

#include <gmock/gmock.h>

#include <atomic>
#include <semaphore>

#include "engine/ops/conv2d_reference.h"
#include "engine/ops/pool2d_reference.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"

namespace convscope {
namespace {

using testing::HasSubstr;

TensorPtr shared(Tensor tensor) {
  return std::make_shared<const Tensor>(std::move(tensor));
}

Scene scene_with_bias(float bias) {
  Scene scene = default_scene();
  scene.kernel.bias = {bias};
  return scene;
}

// Of any channels, kernel, padding and pooling; it may well give no output.
Scene arbitrary_scene() {
  const ConvCase c = arbitrary_plane_case();
  Scene scene;
  const Index channels = pick(0, 1) == 0 ? 1 : 3;
  scene.input.tensor = shared(random_tensor({1, channels, c.input.h, c.input.w}, 1));
  scene.kernel.weight = random_tensor({1, 1, c.weight.h, c.weight.w}, 2);
  scene.kernel.bias = {0.25f};
  scene.conv.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  scene.conv.padding = c.options.padding;
  scene.conv.padding_mode = c.options.padding_mode;
  scene.conv.stride = c.options.stride;
  scene.conv.dilation = c.options.dilation;
  scene.pool.options = arbitrary_pool_case().options;
  scene.pool.padding_choice = static_cast<PaddingChoice>(pick(0, 2));
  return scene;
}

RC_GTEST_PROP(Evaluate, EqualsTheReferences, ()) {
  const Scene scene = arbitrary_scene();
  const Results results = evaluate(scene);
  RC_ASSERT(results.scene == scene);
  RC_ASSERT((results.output == nullptr) == !results.output_error.empty());
  RC_ASSERT((results.pooled == nullptr) == !results.pooled_error.empty());
  if (!results.output) {
    RC_ASSERT(results.pooled_error == "there is no output to pool");
    return;
  }
  const Index channels = scene.input.tensor->shape().c;
  const std::vector<float> bias(static_cast<std::size_t>(channels), scene.kernel.bias.front());
  const Tensor expected =
      reference::conv2d(*scene.input.tensor, per_channel_weight(scene.kernel.weight, channels),
                        bias, results.options);
  RC_ASSERT(difference_of_units(*results.output, expected) < 1e-5);
  if (!results.pooled) return;
  const Pool2dResult pooled = reference::pool2d(*results.output, results.pool);
  RC_ASSERT(results.pool == pool_options(scene.pool, results.output->shape()));
  if (scene.pool.options.kind == PoolKind::kMax)  // -inf where a window misses every cell
    RC_ASSERT(results.pooled->output == pooled.output);
  else
    RC_ASSERT(difference_of_units(results.pooled->output, pooled.output) < 1e-5);
  RC_ASSERT(results.pooled->indices == pooled.indices);
}

TEST(Evaluate, NotebookScene) {
  const Results results = evaluate(default_scene());
  EXPECT_EQ(results.output->shape(), (Shape{1, 1, 6, 7}));
  for (Index y = 0; y < 6; ++y) {
    for (Index x = 0; x < 7; ++x)
      EXPECT_EQ(results.output->at(y, x), x == 1 ? 1.0f : x == 5 ? -1.0f : 0.0f);
  }
  EXPECT_EQ(results.pooled->output, Tensor::from_rows({{1, 0, 0}, {1, 0, 0}, {1, 0, 0}}));
  EXPECT_TRUE(results.output_error.empty());
  EXPECT_TRUE(results.pooled_error.empty());
}

TEST(Evaluate, ErrorsAreSentencesInTheirPlace) {
  Scene scene = default_scene();
  scene.conv.padding_choice = PaddingChoice::kSame;
  scene.conv.stride = {2, 2};
  EXPECT_THAT(evaluate(scene).output_error, HasSubstr("padding \"same\" needs stride 1"));
  EXPECT_EQ(evaluate(scene).pooled_error, "there is no output to pool");

  scene = default_scene();
  scene.kernel.weight = Tensor(Shape{1, 1, 7, 2}, 1.0f);
  EXPECT_EQ(evaluate(scene).output_error,
            "weight [1, 1, 7, 2] does not fit into input [1, 1, 6, 8]: it covers 7 × 2 cells, and "
            "the padded input has 6 × 8");

  scene = default_scene();
  scene.pool.options.kernel = {9, 9};
  const Results results = evaluate(scene);
  EXPECT_NE(results.output, nullptr);
  EXPECT_EQ(results.pooled, nullptr);
  EXPECT_THAT(results.pooled_error, HasSubstr("pooling kernel (9, 9) does not fit into input"));
}

TEST(Evaluator, NothingUntilSomethingIsSubmitted) {
  Evaluator evaluator([] {});
  evaluator.wait();
  EXPECT_EQ(evaluator.results(), nullptr);
  EXPECT_FALSE(evaluator.busy());
}

LayerScene layer_of(const Shape& weight, std::uint64_t seed) {
  LayerScene layer;
  layer.kernel.layer = true;
  layer.kernel.weight = random_tensor(weight, seed);
  layer.kernel.bias.assign(static_cast<std::size_t>(weight.n), 0.125f);
  return layer;
}

// conv -> ReLU -> pool -> conv -> ReLU, on two colour pictures.
Scene chain_scene() {
  Scene scene;
  scene.input.tensor = shared(random_tensor({2, 3, 12, 10}, 1));
  const LayerScene first = layer_of({4, 3, 3, 3}, 2);
  scene.kernel = first.kernel;
  scene.pool.relu = true;
  scene.chain = {layer_of({2, 4, 3, 2}, 3)};
  scene.chain[0].relu = true;
  return scene;
}

TEST(Evaluate, AChainEqualsTheReferencesOneAfterTheOther) {
  const Scene scene = chain_scene();
  const Results results = evaluate(scene);
  Tensor x = reference::conv2d(*scene.input.tensor, scene.kernel.weight, scene.kernel.bias, {});
  ASSERT_TRUE(results.output);
  EXPECT_LT(difference_of_units(*results.output, x), 1e-5);
  for (float& v : x.values())
    v = std::max(v, 0.0f);
  x = reference::pool2d(x, scene.pool.options).output;
  ASSERT_TRUE(results.pooled);
  EXPECT_LT(difference_of_units(results.pooled->output, x), 1e-5);
  const LayerScene& layer = scene.chain[0];
  x = reference::conv2d(x, layer.kernel.weight, layer.kernel.bias, {});
  ASSERT_EQ(results.chain.size(), 1u);
  ASSERT_TRUE(results.chain[0].output);
  EXPECT_LT(difference_of_units(*results.chain[0].output, x), 1e-5);
  for (float& v : x.values())
    v = std::max(v, 0.0f);
  EXPECT_LT(difference_of_units(*results.chain[0].activated, x), 1e-5);
  EXPECT_EQ(results.chain[0].pooled, nullptr);
}

TEST(Evaluator, AChangeAtTheEndOfAChainKeepsWhatStandsBefore) {
  Scene scene = chain_scene();
  Evaluator evaluator([] {});
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr before = evaluator.results();
  scene.chain[0].kernel.bias[0] = 1.0f;
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr after = evaluator.results();
  EXPECT_EQ(after->output, before->output);
  EXPECT_NE(after->chain[0].output, before->chain[0].output);
  EXPECT_EQ(evaluate(scene).chain[0].output->values()[0], after->chain[0].output->values()[0]);
}

TEST(Evaluator, AChangeThatComputesNothingKeepsTheWholeChain) {
  Scene scene = chain_scene();
  scene.chain.push_back(layer_of({3, 2, 1, 2}, 4));
  Evaluator evaluator([] {});
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr before = evaluator.results();
  scene.learning.rate = 0.5f;
  scene.chain[1].kernel.bias[0] = 1.0f;
  evaluator.submit(scene);
  evaluator.wait();
  const ResultsPtr after = evaluator.results();
  EXPECT_EQ(after->pooled, before->pooled);
  EXPECT_EQ(after->chain[0].output, before->chain[0].output);
  EXPECT_NE(after->chain[1].output, before->chain[1].output);
}

TEST(Evaluate, AChainWithoutAnInputSaysSo) {
  Scene scene = chain_scene();
  scene.input.tensor = shared(random_tensor({1, 3, 2, 2}, 1));
  const Results results = evaluate(scene);
  EXPECT_FALSE(results.output_error.empty());
  EXPECT_EQ(results.chain.at(0).output_error, "the layer before it gives no output");
}

TEST(Evaluator, TheNewestWinsAndResultsAreOfOnePiece) {
  Evaluator evaluator([] {});
  float last_seen = -1.0f;
  for (int i = 0; i < 300; ++i) {
    evaluator.submit(scene_with_bias(static_cast<float>(i)));
    const ResultsPtr results = evaluator.results();
    if (!results) continue;
    const float bias = results->scene.kernel.bias.front();
    EXPECT_GE(bias, last_seen) << "an older scene came back";
    EXPECT_EQ(results->output->at(0, 0), bias) << "the output is of another scene";
    last_seen = bias;
  }
  evaluator.wait();
  EXPECT_FALSE(evaluator.busy());
  EXPECT_EQ(evaluator.results()->scene.kernel.bias.front(), 299.0f);
  EXPECT_EQ(evaluator.results()->output->at(0, 0), 299.0f);
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
  EXPECT_EQ(evaluator.results()->output->at(0, 0), 1.0f);
  go_on.release(2);
  woken.acquire();
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->output->at(0, 0), 3.0f);
}

TEST(Evaluator, AnErrorReplacesTheOutputAndIsReplacedByOne) {
  Evaluator evaluator([] {});
  Scene scene = default_scene();
  scene.kernel.weight = Tensor(Shape{1, 1, 9, 9}, 1.0f);
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->output, nullptr);
  EXPECT_FALSE(evaluator.results()->output_error.empty());
  scene.conv.padding = {4, 4, 4, 4};
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_NE(evaluator.results()->output, nullptr);
  EXPECT_TRUE(evaluator.results()->output_error.empty());
}

TEST(Evaluator, ANewPoolingKeepsTheOutput) {
  Evaluator evaluator([] {});
  Scene scene = default_scene();
  evaluator.submit(scene);
  evaluator.wait();
  const TensorPtr output = evaluator.results()->output;
  scene.pool.options.kind = PoolKind::kAverage;
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_EQ(evaluator.results()->output, output);
  EXPECT_EQ(evaluator.results()->pooled->output,
            reference::pool2d(*output, scene.pool.options).output);
  scene.conv.stride = {1, 2};
  evaluator.submit(scene);
  evaluator.wait();
  EXPECT_NE(evaluator.results()->output, output);
}

TEST(Evaluator, EndsInTheMiddleOfALargeEvaluation) {
  std::atomic<int> wakes = 0;
  {
    Evaluator evaluator([&] { ++wakes; });
    Scene scene = default_scene();
    scene.input.tensor = shared(Tensor(Shape{1, 3, 2160, 3840}, 1.0f));
    scene.kernel.weight = Tensor(Shape{1, 1, 31, 31}, 1.0f);
    scene.conv.dilation = {2, 2};
    evaluator.submit(scene);
  }
  EXPECT_LE(wakes, 1);
}

}  // namespace
}  // namespace convscope
