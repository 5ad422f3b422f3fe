// Gradients backward through layers, held against what going forward twice says.
#include "app/session/backward.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <limits>

#include "app/session/backward_finder.h"
#include "app/session/evaluator.h"
#include "app/session/nudge.h"
#include "app/session/training_run.h"
#include "engine/ops/padded_gradient.h"
#include "tests/engine/arbitrary.h"
#include "tests/engine/testing.h"
#include "tests/random_tensor.h"

namespace convscope::session {
namespace {

ResultsPtr results_of(const Scene& scene) {
  return std::make_shared<const Results>(evaluate(scene));
}

BackwardResults gradients_of(const BackwardRequest& request, const MemoryLimit& limit = {}) {
  std::optional<BackwardResults> found = go_backward(request, {}, limit);
  if (!found) throw Error("stopped, though nobody asked for it");
  return std::move(*found);
}

// Draws a layer that takes `input`, of any options, with its bias, ReLU and pooling.
ConvolutionLayer arbitrary_layer(const ConvCase& c, std::uint64_t seed) {
  ConvolutionLayer layer;
  layer.kernel.layer = true;
  layer.kernel.weight = random_tensor(c.weight, seed);
  const Index out = c.options.transposed ? c.weight.c * c.options.groups : c.weight.n;
  layer.kernel.bias.assign(static_cast<std::size_t>(out), 0.1f);
  layer.conv.padding = c.options.padding;
  layer.conv.padding_mode = c.options.padding_mode;
  layer.conv.stride = c.options.stride;
  layer.conv.dilation = c.options.dilation;
  layer.conv.groups = c.options.groups;
  layer.conv.transposed = c.options.transposed;
  layer.conv.output_padding = c.options.output_padding;
  layer.relu = pick(0, 1) == 1;
  layer.pooled = true;
  layer.pool.options = arbitrary_pool_case().options;
  return layer;
}

Scene arbitrary_network() {
  const ConvCase c = arbitrary_case();
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor(c.input, 1));
  scene.layers = {LayerScene{arbitrary_layer(c, 2)}};
  if (pick(0, 1) == 1) {
    // A second layer, which takes what the first one gives.
    const Index channels = c.options.transposed ? c.weight.c * c.options.groups : c.weight.n;
    ConvolutionLayer next;
    next.kernel.layer = true;
    next.kernel.weight = random_tensor({2, channels, 2, 1}, 3);
    next.kernel.bias = {0.07f, 0.2f};  // a 0 would be exactly at the kink of ReLU
    next.conv.padding = {1, 0, 1, 2};
    next.relu = pick(0, 1) == 1;
    scene.layers.push_back({next});
  }
  scene.backward.source = static_cast<GradientSource>(pick(0, 2));
  scene.backward.sample = pick(0, 1);
  scene.backward.channel = pick(0, 1);
  if (pick(0, 1) == 1) scene.backward.cell = Yx{pick(0, 3), pick(0, 3)};
  scene.backward.picture = std::make_shared<const Tensor>(random_tensor({2, 4, 9, 9}, 4));
  return scene;
}

const Tensor& gradient_of(const LayerGradients& of, NudgedPlane plane) {
  switch (plane) {
    case NudgedPlane::kInput:
      return *of.input;
    case NudgedPlane::kWeight:
      return of.kernel;
    case NudgedPlane::kOutput:
      return *of.output;
    case NudgedPlane::kActivated:
      return *of.activated;
    case NudgedPlane::kPooled:
      break;
  }
  return *of.pooled;
}

WeightPlace arbitrary_place(const Shape& s) {
  return {pick(0, s.n - 1), pick(0, s.c - 1), pick(0, s.h - 1), pick(0, s.w - 1)};
}

// A property that counts how often it could be compared at all.
struct Compared {
  int cells = 0, skipped = 0;
};

// Expects that the gradient says what nudging the cell to both sides does. Where the sides differ,
// the nudge goes over a kink, where another cell wins or ReLU switches.
void expect_nudge(const BackwardResults& found, std::size_t layer, NudgedPlane plane,
                  Compared& compared) {
  const BackwardRequest& request = found.request;
  const Tensor& gradient = gradient_of(found.layers[layer], plane);
  const WeightPlace place = arbitrary_place(gradient.shape());
  constexpr double kBy = 0.004;
  const auto up = nudge_effect({request, plane, place, kBy, layer}, {});
  const auto down = nudge_effect({request, plane, place, -kBy, layer}, {});
  RC_ASSERT(up.has_value());
  RC_ASSERT(down.has_value());
  const double slope_up = up->loss_change / up->by;
  const double slope_down = down->loss_change / down->by;
  const double rounding = 2e-3 * (1.0 + std::abs(slope_up));
  if (std::abs(slope_up - slope_down) > 0.25 * rounding) {
    ++compared.skipped;
    return;
  }
  ++compared.cells;
  const auto g = static_cast<double>(gradient.at(place.n, place.c, place.y, place.x));
  RC_ASSERT(std::abs(g - slope_up) <= rounding);
}

TEST(Backward, EachGradientIsWhatNudgingItsCellDoes) {
  Compared compared;
  EXPECT_TRUE(rc::check([&compared] {
    Scene scene = arbitrary_network();
    ResultsPtr results = results_of(scene);
    if (!results->layers.front().pooled) {  // the window is too large
      first_layer(scene).pooled = false;
      results = results_of(scene);
    }
    for (const LayerResults& layer : results->layers)
      if (!layer.output) RC_DISCARD("no output");
    // The maximum of a window that sees only padding is −∞, of which a next layer makes NaN; and
    // its gradient goes where PyTorch's does, to a cell on which it does not depend.
    const PooledPtr& pooled = results->layers.front().pooled;
    if (pooled &&
        std::ranges::count(pooled->output.values(), -std::numeric_limits<float>::infinity()) > 0)
      RC_DISCARD("a window sees only padding");
    const BackwardRequest request{results, results->layers.size(), nullptr, {}};
    const BackwardResults found = gradients_of(request);
    RC_ASSERT(found.error.empty());
    for (std::size_t layer = 0; layer < found.layers.size(); ++layer) {
      const LayerGradients& of = found.layers[layer];
      for (const NudgedPlane plane :
           {NudgedPlane::kInput, NudgedPlane::kWeight, NudgedPlane::kOutput,
            NudgedPlane::kActivated, NudgedPlane::kPooled}) {
        if (plane == NudgedPlane::kPooled && !of.pooled) continue;
        // A loss that is a cell of the last Y does not depend on what ReLU makes of it.
        const bool behind = layer + 1 == found.layers.size() &&
                            scene.backward.source == GradientSource::kOutputCell;
        if (plane == NudgedPlane::kActivated && behind) continue;
        for (int i = 0; i < 3; ++i)
          expect_nudge(found, layer, plane, compared);
      }
    }
  }));
  EXPECT_GT(compared.cells, 200);
  EXPECT_LT(compared.skipped, compared.cells / 4);
}

Scene learning_scene(Reduction reduction) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({2, 3, 7, 8}, 5));
  first_layer(scene).conv.stride = {2, 1};
  first_layer(scene).conv.padding = {1, 0, 2, 1};
  first_layer(scene).conv.padding_mode = PaddingMode::kReflect;
  scene.learning.hidden = random_tensor({1, 1, 3, 2}, 6);
  scene.learning.reduction = reduction;
  scene.backward.source = GradientSource::kError;
  return scene;
}

TrainingSnapshotPtr begun_learning(const Scene& scene) {
  const auto run = TrainingRun::begin(training_setup(scene), {});
  return std::make_shared<const TrainingSnapshot>(snapshot_of(*run, false));
}

class BackwardOfTheError : public testing::TestWithParam<Reduction> {};

TEST_P(BackwardOfTheError, IsThatOfTheLearningAndOfItsLoss) {
  const Scene scene = learning_scene(GetParam());
  const TrainingSnapshotPtr training = begun_learning(scene);
  const BackwardRequest request{results_of(scene), 1, training, {}};
  const BackwardResults found = gradients_of(request);
  ASSERT_EQ(found.error, "");
  const LayerGradients& of = found.layers.front();
  EXPECT_FALSE(of.pooled);
  EXPECT_EQ(of.kernel.shape(), training->gradient.shape());
  for (std::size_t i = 0; i < of.kernel.values().size(); ++i)
    EXPECT_NEAR(of.kernel.values()[i], training->gradient.values()[i],
                1e-4 * (1.0 + std::abs(training->gradient.values()[i])));
  // The loss is a square: half the difference of both sides has no part that grows with the square.
  for (const NudgedPlane plane :
       {NudgedPlane::kInput, NudgedPlane::kWeight, NudgedPlane::kOutput}) {
    const Tensor& gradient = gradient_of(of, plane);
    const Shape& s = gradient.shape();
    const WeightPlace place{s.n - 1, s.c - 1, s.h / 2, s.w / 2};
    const auto up = nudge_effect({request, plane, place, 0.25}, {});
    const auto down = nudge_effect({request, plane, place, -0.25}, {});
    ASSERT_TRUE(up && down);
    const double slope = (up->loss_change - down->loss_change) / (up->by - down->by);
    EXPECT_NEAR(slope, gradient.at(place.n, place.c, place.y, place.x),
                2e-4 * (1.0 + std::abs(slope)))
        << static_cast<int>(plane);
  }
}

INSTANTIATE_TEST_SUITE_P(Losses, BackwardOfTheError,
                         testing::Values(Reduction::kSum, Reduction::kMean));

TEST(Backward, ASweepEndsAtTheWholeGradientAndBeginsWithOneCell) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 6, 7}, 1));
  first_layer(scene).kernel.weight = random_tensor({1, 1, 3, 3}, 2);
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(random_tensor({1, 1, 2, 2}, 3));
  const ResultsPtr results = results_of(scene);
  const LayerGradients whole = gradients_of({results, 1, nullptr, {}}).layers.front();
  for (const bool pooled : {false, true}) {
    const Shape& s = pooled ? whole.pooled->shape() : whole.output->shape();
    Tensor sum(whole.input->shape());
    Tensor before(whole.input->shape());
    for (Index cells = 1; cells <= s.h * s.w; ++cells) {
      const LayerGradients at =
          gradients_of({results, 1, nullptr, SweptGradient{pooled, cells}}).layers.front();
      sum = *at.input;
      // One more cell lays its gradient onto the cells that its window covers, and no others.
      if (!pooled) {
        const Yx cell{(cells - 1) / s.w, (cells - 1) % s.w};
        for (Index y = 0; y < sum.shape().h; ++y)
          for (Index x = 0; x < sum.shape().w; ++x) {
            const Index v = y - cell.y, u = x - cell.x;
            const bool covered = v >= 0 && v < 3 && u >= 0 && u < 3;
            const float laid = covered ? whole.output->at(cell.y, cell.x) *
                                             first_layer(scene).kernel.weight.at(v, u)
                                       : 0.0f;
            EXPECT_NEAR(sum.at(y, x) - before.at(y, x), laid, 1e-5);
          }
      }
      before = sum;
    }
    EXPECT_EQ(sum, *whole.input);
  }
}

TEST(Backward, TheLossIsTheMiddleCellUntilOneIsChosenAndNeverOutside) {
  const Shape s{2, 3, 4, 7};
  BackwardScene backward;
  EXPECT_EQ(seed_cell(backward, s).cell, (Yx{1, 3}));
  backward.cell = Yx{9, 2};
  backward.channel = 7;
  backward.sample = 1;
  EXPECT_EQ(seed_cell(backward, s).cell, (Yx{3, 2}));
  const Tensor seed = gradient_seed(backward, s);
  EXPECT_EQ(seed.at(1, 2, 3, 2), 1.0f);
  double sum = 0.0;
  for (const float value : seed.values())
    sum += static_cast<double>(value);
  EXPECT_EQ(sum, 1.0);
}

TEST(Backward, APictureOfAnotherSizeKeepsItsCellsInPlace) {
  BackwardScene backward;
  backward.source = GradientSource::kPicture;
  backward.picture = std::make_shared<const Tensor>(Tensor::from_rows({{1, 2}, {3, 4}}));
  EXPECT_EQ(gradient_seed(backward, {1, 1, 1, 3}), Tensor::from_rows({{1, 2, 0}}));
  backward.picture = nullptr;
  EXPECT_EQ(gradient_seed(backward, {1, 1, 1, 2}), Tensor::from_rows({{0, 0}}));
}

TEST(Backward, ShowsTheMaskTheSpreadZerosAndTheRing) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 6, 7}, 1));
  first_layer(scene).kernel.weight = random_tensor({1, 1, 3, 3}, 2);
  first_layer(scene).conv.stride = {2, 2};
  first_layer(scene).conv.padding = {1, 1, 1, 1};
  first_layer(scene).relu = true;
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor({1, 1, 2, 2}, 1.0f));
  const ResultsPtr results = results_of(scene);
  const LayerGradients of = gradients_of({results, 1, nullptr, {}}).layers.front();
  const Tensor& y = *results->layers.front().output;
  for (std::size_t i = 0; i < y.values().size(); ++i)
    EXPECT_EQ(of.mask->values()[i], y.values()[i] > 0.0f ? 1.0f : 0.0f);
  ASSERT_TRUE(of.framed && of.spread);
  EXPECT_EQ(of.framed->shape(), (Shape{1, 1, 8, 9}));
  for (Index r = 0; r < 6; ++r)
    for (Index c = 0; c < 7; ++c)
      EXPECT_EQ(of.framed->at(r + 1, c + 1), of.input->at(r, c));
  // The turned kernel over the spread gradient gives the framed one.
  const Tensor turned = rotated_180(of.layer.weight, 1);
  const Tensor over = conv2d(*of.spread, turned);
  ASSERT_EQ(over.shape(), of.framed->shape());
  for (std::size_t i = 0; i < over.values().size(); ++i)
    EXPECT_NEAR(over.values()[i], of.framed->values()[i], 1e-5);
}

TEST(Backward, SaysWhyThereIsNoGradient) {
  Scene scene = default_scene();
  scene.backward.source = GradientSource::kError;
  EXPECT_EQ(gradients_of({results_of(scene), 1, nullptr, {}}).error, "there is nothing to learn");
  scene.backward.source = GradientSource::kCell;
  first_layer(scene).pool.options.kernel = {60, 60};
  const ResultsPtr results = results_of(scene);
  EXPECT_EQ(gradients_of({results, 1, nullptr, {}}).error, results->layers.front().pooled_error);
  const MemoryLimit small{1000.0, "a test's amount"};
  const std::string why = gradients_of({results_of(default_scene()), 1, nullptr, {}}, small).error;
  EXPECT_NE(why.find("a test's amount"), std::string::npos) << why;
}

TEST(Backward, TheFinderForgetsWhatNobodyWants) {
  BackwardFinder finder([] {});
  const ResultsPtr results = results_of(default_scene());
  const BackwardRequest request{results, 1, nullptr, {}};
  finder.follow(request);
  finder.follow_nudge(NudgeRequest{request, NudgedPlane::kInput, {0, 0, 1, 1}, 0.5});
  finder.wait();
  finder.poll();
  ASSERT_NE(finder.gradients(), nullptr);
  ASSERT_NE(finder.nudge(), nullptr);
  finder.follow(std::nullopt);
  finder.follow_nudge(std::nullopt);
  EXPECT_EQ(finder.gradients(), nullptr);
  EXPECT_EQ(finder.nudge(), nullptr);
}

TEST(Backward, ANudgeOutsideItsPlaneHasNoEffect) {
  const BackwardRequest request{results_of(default_scene()), 1, nullptr, {}};
  EXPECT_FALSE(nudge_effect({request, NudgedPlane::kInput, {0, 0, 99, 0}, 1.0}, {}));
  EXPECT_FALSE(nudge_effect({request, NudgedPlane::kWeight, {0, 1, 0, 0}, 1.0}, {}));
  EXPECT_TRUE(nudge_effect({request, NudgedPlane::kPooled, {0, 0, 0, 0}, 1.0}, {}));
}

}  // namespace
}  // namespace convscope::session
