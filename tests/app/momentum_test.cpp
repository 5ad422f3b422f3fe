// Momentum in the window: β and the zones of the rate, the map, the bars of the eigenvectors.
#include <gmock/gmock.h>

#include <cmath>

#include "app/files/examples.h"
#include "app/session/direction_bars.h"
#include "engine/core/patterns.h"
#include "tests/app/app_harness.h"
#include "tests/app/drawn_text.h"

namespace convscope::program {
namespace {

using ui::Key;

Scene momentum_scene(LearningTab tab, OptimizerKind kind = OptimizerKind::kMomentum) {
  Scene scene = default_scene();
  scene.learning.optimizer = kind;
  scene.learning.rate = 0.01f;
  scene.learning.start = Tensor::from_rows({{0.3f, 0.5f}});
  scene.look.tab = tab;
  return scene;
}

const LearningScene& learning(const AppHarness& h) {
  return h.app().document().scene().learning;
}

double beta_of_run(const AppHarness& h) {
  return h.app().live().training().snapshot->optimizer.options().momentum;
}

TEST(Momentum, BetaIsTypedBesideTheOptimizer) {
  AppHarness h;
  EXPECT_FALSE(h.has("learning/momentum"));
  h.click("learning/optimizer");
  h.click("learning/optimizer/1");
  h.settle();
  h.enter("learning/momentum", "0.5");
  EXPECT_EQ(learning(h).tuning.momentum, 0.5f);
  EXPECT_EQ(beta_of_run(h), 0.5);
  h.enter("learning/momentum", "2");
  EXPECT_EQ(learning(h).tuning.momentum, 0.999f) << "the largest that is accepted";
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(beta_of_run(h), 0.5);
}

TEST(Momentum, TheLargestBetaIsNotRoundedToOne) {
  Scene scene = momentum_scene(LearningTab::kError);
  scene.learning.tuning.momentum = 0.999f;
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}}) {
    AppHarness h(size, scene);
    EXPECT_TRUE(h.draws('9', "learning/momentum"));
    EXPECT_FALSE(h.draws('1', "learning/momentum"));
  }
}

// Whose roots need three digits, and whose slowest direction two.
Scene awkward_scene(OptimizerKind kind) {
  Scene scene = momentum_scene(LearningTab::kMomentum, kind);
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {30, 30}, 1));
  scene.learning.hidden = Tensor(Shape{1, 1, 7, 7}, 0.5f);
  scene.learning.start = Tensor();
  scene.learning.tuning.momentum = 0.999f;
  scene.learning.rate = 1e-4f;
  return scene;
}

TEST(Momentum, TheReasonAndTheStepsAreNotCut) {
  for (const OptimizerKind kind : {OptimizerKind::kMomentum, OptimizerKind::kNesterov}) {
    AppHarness h({1280, 720}, awkward_scene(kind));
    ASSERT_TRUE(h.has("learning/reason"));
    EXPECT_FALSE(h.draws(0x2026, "learning/reason")) << "an ellipsis";
    ASSERT_TRUE(h.has("momentum/steps"));
    EXPECT_FALSE(h.draws(0x2026, "momentum/steps")) << "an ellipsis";
    EXPECT_LE(h.rect("momentum/steps").max.y, h.rect("card/error").max.y);
  }
}

TEST(Momentum, AdamsSettingsAreInSetup) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kError, OptimizerKind::kAdam));
  EXPECT_FALSE(h.has("learning/momentum"));
  h.click("learning/setup");
  h.enter("learning/beta1", "0.8");
  h.enter("learning/beta2", "0.99");
  h.enter("learning/eps", "0.001");
  EXPECT_EQ(learning(h).tuning, (OptimizerTuning{0.9f, 0.8f, 0.99f, 0.001f}));
  const OptimizerOptions options = h.app().live().training().snapshot->optimizer.options();
  EXPECT_EQ(options.beta2, 0.99);
  EXPECT_EQ(options.eps, 0.001);
}

TEST(Momentum, TheZonesFollowIt) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kError));
  ASSERT_TRUE(h.has("learning/rate/cliff"));
  EXPECT_TRUE(h.has("learning/reason"));
  EXPECT_TRUE(h.has("learning/rate/best"));
  h.click("learning/optimizer");
  h.click("learning/optimizer/3");
  h.settle();
  EXPECT_FALSE(h.has("learning/rate/cliff"));
  EXPECT_TRUE(h.has("learning/reason")) << "it says why Adam has none";
}

TEST(Momentum, ThePredictedCurveIsTheRuns) {
  AppHarness h({1280, 720}, momentum_scene(LearningTab::kError));
  for (int i = 0; i < 12; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  panels::LossPanelState state;
  panels::chart_points(training, training.optimizer.options(), 0.01f, state);
  ASSERT_EQ(state.predicted.size(), state.losses.size());
  for (std::size_t i = 0; i < state.losses.size(); ++i)
    EXPECT_NEAR(state.predicted[i], state.losses[i], 1e-3 * state.losses[i] + 1e-7) << i;
  panels::chart_points(training, {.kind = OptimizerKind::kAdam}, 0.01f, state);
  EXPECT_TRUE(state.predicted.empty());
}

TEST(MomentumMap, ItsPointIsDragged) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kMomentum));
  ASSERT_TRUE(h.has("momentum/now"));
  ASSERT_TRUE(h.has("momentum/cliff"));
  const ImVec2 best = h.rect("momentum/best").center();
  h.drag(h.rect("momentum/now").center(), best);
  h.settle();
  const BestMomentum point = best_momentum(false, 60, 12);
  EXPECT_NEAR(static_cast<double>(learning(h).rate), point.rate, 0.04 * point.rate);
  EXPECT_NEAR(static_cast<double>(learning(h).tuning.momentum), point.beta, 0.02);
  EXPECT_NEAR(h.rect("momentum/now").center().x, best.x, 3.0f);
  EXPECT_NEAR(h.rect("momentum/now").center().y, best.y, 3.0f);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(learning(h).rate, 0.01f) << "the drag is one step of undo";
  EXPECT_EQ(learning(h).tuning.momentum, 0.9f);
}

TEST(MomentumMap, PlainGradientDescentGetsMomentumThere) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kMomentum, OptimizerKind::kSgd));
  const ui::ItemRegistry::Rect plane = h.rect("momentum/plane");
  EXPECT_NEAR(h.rect("momentum/now").center().y, plane.max.y, 2.0f) << "β is 0";
  h.click(ImVec2{plane.center().x, plane.max.y - 1.0f});
  h.settle();
  EXPECT_EQ(learning(h).optimizer, OptimizerKind::kSgd) << "at the lower edge it stays plain";
  h.rest();
  h.click(plane.center());
  h.settle();
  EXPECT_EQ(learning(h).optimizer, OptimizerKind::kMomentum);
  EXPECT_NEAR(learning(h).tuning.momentum, 1.0f - 0.55f * 0.55f * 0.55f, 0.02f);
}

TEST(MomentumMap, TheBestPairIsOneClickAndNesterovHasItsOwn) {
  for (const OptimizerKind kind : {OptimizerKind::kMomentum, OptimizerKind::kNesterov}) {
    AppHarness h({1280, 720}, momentum_scene(LearningTab::kMomentum, kind));
    h.click("momentum/take-best");
    h.settle();
    const BestMomentum best = best_momentum(kind == OptimizerKind::kNesterov, 60, 12);
    EXPECT_FLOAT_EQ(learning(h).rate, static_cast<float>(best.rate));
    EXPECT_FLOAT_EQ(learning(h).tuning.momentum, static_cast<float>(best.beta));
    EXPECT_EQ(learning(h).optimizer, kind);
  }
}

TEST(MomentumMap, TheKeyboardMovesThePointToo) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kMomentum));
  h.click("error/view/3");
  h.frame(2);
  h.key(Key::kTab);
  h.frame(2);
  for (int i = 0; i < 4; ++i)
    h.key(Key::kRight);
  h.frame(2);
  h.key(Key::kEnter);
  h.settle();
  EXPECT_NE(learning(h).rate, 0.01f);
}

TEST(MomentumMap, APointDraggedBesideItGoesAlongItsEdge) {
  AppHarness h({1920, 1080}, momentum_scene(LearningTab::kMomentum));
  const ui::ItemRegistry::Rect plane = h.rect("momentum/plane");
  h.move(h.rect("momentum/now").center());
  h.press();
  h.move({plane.max.x + 60.0f, plane.center().y});
  h.settle();
  const float rate = learning(h).rate;
  EXPECT_NEAR(h.rect("momentum/now").center().x, plane.max.x, 3.0f);
  const float beta = learning(h).tuning.momentum;
  h.move({plane.max.x + 60.0f, plane.center().y - 20.0f});
  h.settle();
  EXPECT_GT(learning(h).tuning.momentum, beta);
  EXPECT_EQ(learning(h).rate, rate);
  h.release();
  const LearningScene before = learning(h);
  h.move(plane.center());
  h.settle();
  EXPECT_EQ(learning(h), before) << "only a button that is held drags";
}

TEST(MomentumMap, SaysWhereNothingConvergesAsNothingMovesTheLoss) {
  Scene scene = momentum_scene(LearningTab::kMomentum);
  scene.input.tensor = std::make_shared<const Tensor>(Tensor({1, 1, 4, 5}));
  AppHarness h({1920, 1080}, scene);
  ASSERT_TRUE(h.has("momentum/notice"));
  const std::vector<std::string> words = drawn_words();
  EXPECT_THAT(words, testing::Contains("converge,"));
  EXPECT_THAT(words, testing::Not(testing::Contains("condition")));
}

TEST(MomentumMap, AdamHasNone) {
  AppHarness h({1280, 720}, momentum_scene(LearningTab::kMomentum, OptimizerKind::kAdam));
  EXPECT_TRUE(h.has("momentum/notice"));
  EXPECT_FALSE(h.has("momentum/now"));
}

TEST(MomentumMap, IsChosenInTheLandscapesCard) {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{1920, 1080}, ImVec2{1024, 768}}) {
    AppHarness h(size, momentum_scene(LearningTab::kError));
    EXPECT_FALSE(h.has("error/view/3")) << "the first three as ever";
    h.click("error/view/2");
    h.settle();
    h.rest();
    const ui::ItemRegistry::Rect card = h.rect("card/error");
    EXPECT_LE(h.rect("error/view/4").max.x, card.max.x);
    h.click("error/view/3");
    h.settle();
    EXPECT_TRUE(h.has("momentum/plane"));
    h.rest();
    h.click("error/view/4");
    h.settle();
    EXPECT_TRUE(h.has("directions/bar/1"));
    EXPECT_EQ(h.app().view().settings.learning_tab, LearningTab::kDirections);
  }
}

TEST(Directions, TheBarsAreTheProjectionOfTheRun) {
  AppHarness h({1280, 720}, momentum_scene(LearningTab::kDirections));
  for (int i = 0; i < 7; ++i)
    h.key(Key::kS);
  h.settle();
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  const std::vector<panels::DirectionBar> bars =
      session::direction_bars(training, 0, 0.01, Momentum{0.9, false}, 100);
  ASSERT_EQ(bars.size(), 2u);
  // The eigenvectors of the edge are (1, 1)/√2 and (1, −1)/√2, the answer is [1, −1].
  const double a = static_cast<double>(training.weight.at(0, 0)) - 1.0;
  const double b = static_cast<double>(training.weight.at(0, 1)) + 1.0;
  EXPECT_NEAR(bars[0].left, (a + b) / (0.3 - 1.0 + 0.5 + 1.0), 1e-5);
  EXPECT_NEAR(bars[1].left, (a - b) / (0.3 - 1.0 - 0.5 - 1.0), 1e-5);
  for (const panels::DirectionBar& bar : bars) {
    EXPECT_NEAR(bar.left, *bar.predicted, 1e-4);
    EXPECT_LE(std::abs(bar.left), *bar.envelope + 1e-4);
  }
  const auto adam = session::direction_bars(training, 0, 0.01, std::nullopt, 100);
  EXPECT_FALSE(adam[0].predicted || adam[0].envelope);
}

TEST(Directions, ManyAreGroupedAndFew) {
  Scene scene = momentum_scene(LearningTab::kDirections);
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("noise", {20, 20}, 1));
  scene.learning.hidden = Tensor(Shape{1, 1, 15, 15}, 0.1f);
  scene.learning.start = Tensor();
  scene.learning.rate = 1e-4f;
  AppHarness h({1024, 768}, scene);
  EXPECT_TRUE(h.has("directions/bar/20"));
  EXPECT_FALSE(h.has("directions/bar/150")) << "225 bars would be too narrow to be pointed at";
  EXPECT_GE(h.rect("directions/bar/0").max.x - h.rect("directions/bar/0").min.x, 4.0f);
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  const auto bars = session::direction_bars(training, 0, 1e-4, Momentum{0.9, false}, 30);
  EXPECT_EQ(bars.size(), 29u);
  EXPECT_EQ(bars.front().first, 0);
  EXPECT_EQ(bars.front().last, 7);
  EXPECT_EQ(bars.back().last, 224);
}

TEST(Directions, TheChartLeavesRoomForTheNumbersOfARunThatDiverges) {
  AppHarness h({1280, 720}, momentum_scene(LearningTab::kDirections));
  const float small = h.rect("directions/bar/0").min.x;
  Scene scene = momentum_scene(LearningTab::kDirections);
  scene.learning.rate = 1.0f;
  AppHarness grown({1280, 720}, scene);
  for (int step = 0; step < 4; ++step)
    grown.key(ui::Key::kS);
  grown.settle();
  EXPECT_GT(grown.rect("directions/bar/0").min.x, small);
}

TEST(Directions, APointedBarShowsItsKernelAndWhatItMeans) {
  AppHarness h({1280, 720}, momentum_scene(LearningTab::kDirections));
  EXPECT_FALSE(h.has("directions/note"));
  h.move("directions/bar/0");
  h.frame(2);
  ASSERT_TRUE(h.has("directions/note"));
  const ui::ItemRegistry::Rect note = h.rect("directions/note");
  EXPECT_GE(note.min.x, 0.0f);
  EXPECT_LE(note.max.x, 1280.0f);
  h.move({1, 1});
  h.frame(2);
  EXPECT_FALSE(h.has("directions/note"));
  h.click("directions/log");
  h.frame(2);
  EXPECT_TRUE(h.has("directions/bar/1"));
}

TEST(Examples, OfMomentumOpenOnTheirViews) {
  for (const auto& [name, item] : {std::pair{"momentum-valley", "momentum/now"},
                                   std::pair{"too-much-momentum", "directions/bar/0"}}) {
    const auto found = std::ranges::find(files::examples(), name, &files::Example::name);
    ASSERT_NE(found, files::examples().end()) << name;
    AppHarness h({1280, 720}, files::example_scene(*found));
    EXPECT_TRUE(h.has(item)) << name;
    h.key(Key::kSpace);
    h.settle();
    EXPECT_EQ(h.app().live().training().snapshot->message, "");
  }
}

}  // namespace
}  // namespace convscope::program
