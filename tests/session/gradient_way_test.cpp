// What shows how the gradient of the input comes about, and what it costs.
#include "app/session/gradient_way.h"

#include <gtest/gtest.h>

#include "app/session/backward_finder.h"
#include "app/session/evaluator.h"
#include "app/session/training_run.h"
#include "engine/core/error.h"
#include "tests/random_tensor.h"

namespace convscope::session {
namespace {

Scene scene_of(const Shape& input, const Shape& weight, const Padding& padding = {}) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor(input, 1));
  first_layer(scene).kernel.layer = true;
  first_layer(scene).kernel.weight = random_tensor(weight, 2);
  first_layer(scene).kernel.bias.assign(static_cast<std::size_t>(weight.n), 0.1f);
  first_layer(scene).conv.padding = padding;
  first_layer(scene).pooled = false;
  return scene;
}

BackwardRequest request_of(const Scene& scene, bool way = true) {
  return {std::make_shared<const Results>(evaluate(scene)), 1, nullptr, {}, way};
}

BackwardResults gradients_of(const BackwardRequest& request, const MemoryLimit& limit = {}) {
  std::optional<BackwardResults> found = go_backward(request, {}, limit);
  if (!found) throw Error("stopped, though nobody asked for it");
  if (!limit.origin.empty() || found->error.empty()) return std::move(*found);
  throw Error(found->error);
}

// Returns the least limit that is enough for the request.
Bytes least_memory(const BackwardRequest& request) {
  Bytes lo = 0.0, hi = 1e9;
  while (hi - lo > 0.5) {
    const Bytes middle = 0.5 * (lo + hi);
    (gradients_of(request, {middle, "a test's amount"}).error.empty() ? hi : lo) = middle;
  }
  return hi;
}

class Way : public testing::TestWithParam<PaddingMode> {};

TEST_P(Way, ChangesNothingOfTheGradientItself) {
  Scene scene = scene_of({2, 3, 6, 7}, {4, 3, 3, 2}, {1, 2, 0, 1});
  first_layer(scene).conv.padding_mode = GetParam();
  first_layer(scene).conv.stride = {2, 1};
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor({2, 4, 9, 9}, 1.0f));
  const LayerGradients with = gradients_of(request_of(scene)).layers.front();
  const LayerGradients without = gradients_of(request_of(scene, false)).layers.front();
  EXPECT_TRUE(with.framed && with.spread);
  EXPECT_FALSE(without.framed || without.spread);
  EXPECT_EQ(without.no_spread, "");
  for (std::size_t i = 0; i < with.input->values().size(); ++i)
    EXPECT_NEAR(with.input->values()[i], without.input->values()[i], 1e-5);
  const Shape& x = with.input->shape();
  for (Index r = 0; r < x.h; ++r)
    for (Index c = 0; c < x.w; ++c)
      EXPECT_EQ(with.framed->at(1, 2, r + 1, c + 2), with.input->at(1, 2, r, c));
  EXPECT_EQ(with.kernel, without.kernel);
}

INSTANTIATE_TEST_SUITE_P(Modes, Way,
                         testing::Values(PaddingMode::kZeros, PaddingMode::kReflect,
                                         PaddingMode::kReplicate, PaddingMode::kCircular));

TEST(Spread, OfManyChannelsIsMadeAsLongAsItIsSeen) {
  EXPECT_TRUE(
      gradients_of(request_of(scene_of({1, 1, 260, 260}, {64, 1, 1, 1}))).layers.front().spread);
}

TEST(Spread, CountsThePaddingAndSaysWhyItIsNotMade) {
  const LayerGradients many =
      gradients_of(request_of(scene_of({1, 1, 5, 5}, {1024, 1, 1, 1}, {64, 64, 64, 64})))
          .layers.front();
  EXPECT_FALSE(many.spread);
  EXPECT_NE(many.no_spread.find("1 024 planes of 133 × 133"), std::string::npos) << many.no_spread;
  const LayerGradients large =
      gradients_of(request_of(scene_of({1, 1, 1030, 1030}, {1, 1, 1, 1}))).layers.front();
  EXPECT_FALSE(large.spread);
  EXPECT_NE(large.no_spread.find("1030 × 1030"), std::string::npos) << large.no_spread;
}

TEST(GradientMemory, CountsTheWay) {
  const Scene scene = scene_of({1, 1, 40, 50}, {2, 1, 3, 3}, {2, 2, 2, 2});
  const LayerGradients of = gradients_of(request_of(scene)).layers.front();
  EXPECT_NEAR(least_memory(request_of(scene)) - least_memory(request_of(scene, false)),
              tensor_bytes(of.framed->shape()) + tensor_bytes(of.spread->shape()), 2.0);
}

TEST(GradientMemory, CountsTheGradientsOfRelu) {
  Scene scene = scene_of({1, 1, 40, 50}, {2, 1, 3, 3});
  const Bytes without = least_memory(request_of(scene));
  first_layer(scene).relu = true;
  const BackwardRequest request = request_of(scene);
  EXPECT_NEAR(least_memory(request) - without,
              2.0 * tensor_bytes(request.results->layers.front().output->shape()), 2.0);
}

TEST(GradientMemory, OfTheErrorIsLimitedToo) {
  Scene scene = default_scene();
  scene.backward.source = GradientSource::kError;
  BackwardRequest request = request_of(scene);
  const auto run = TrainingRun::begin(training_setup(scene), {});
  request.training = std::make_shared<const TrainingSnapshot>(snapshot_of(*run, false));
  EXPECT_EQ(gradients_of(request).error, "");
  EXPECT_NE(gradients_of(request, {1000.0, "a test's amount"}).error.find("a test's amount"),
            std::string::npos);
}

TEST(Error, OfTheLearningThatIsMissingIsExplainedInItsWords) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(Tensor({1, 1, 6, 7}, 3e38f));
  scene.learning.hidden = Tensor::from_rows({{1, 2}, {3, 4}});
  scene.backward.source = GradientSource::kError;
  BackwardRequest request = request_of(scene);
  const auto run = TrainingRun::begin(training_setup(scene), {});
  request.training = std::make_shared<const TrainingSnapshot>(snapshot_of(*run, false));
  ASSERT_FALSE(request.training->error);
  const std::string why = go_backward(request, {})->error;
  EXPECT_NE(why.find("not a finite number"), std::string::npos) << why;
  EXPECT_NE(why.back(), '.');
}

TEST(MayWait, TheNextOfADragOrASweepDoesAndAnotherSceneDoesNot) {
  const BackwardRequest before = request_of(scene_of({1, 1, 6, 7}, {2, 1, 3, 3}));
  BackwardRequest next = before;
  next.swept = SweptGradient{false, 3};
  EXPECT_TRUE(may_wait(next, before));
  next.results = request_of(scene_of({1, 1, 6, 7}, {2, 1, 3, 3})).results;
  EXPECT_TRUE(may_wait(next, before));
  next.way = false;
  EXPECT_FALSE(may_wait(next, before)) << "it is for the other page";
  EXPECT_FALSE(may_wait(request_of(scene_of({1, 1, 6, 8}, {2, 1, 3, 3})), before));
  EXPECT_FALSE(may_wait(request_of(scene_of({1, 1, 6, 7}, {2, 1, 3, 2})), before));
}

}  // namespace
}  // namespace convscope::session
