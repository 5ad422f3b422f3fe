// The gradients in the window: the flow turned around, explained cell by cell, nudged by hand.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "app/files/arrays/number_table.h"
#include "app/files/scene_file.h"
#include "app/program/figures.h"
#include "app/program/view/backward_view.h"
#include "app/session/backward.h"
#include "engine/explain/backward_text.h"
#include "tests/app/app_harness.h"
#include "tests/app/gradients.h"
#include "tests/app/hall.h"
#include "tests/app/lesson_window.h"
#include "tests/random_tensor.h"

namespace convscope::program {
namespace {

using ui::Key;

Scene backward_scene() {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 6, 7}, 1));
  scene.input.name = "random";
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, 2}, {3, 4}});
  scene.look.backward = true;
  return scene;
}

const BackwardScene& seed(const AppHarness& h) {
  return h.app().document().scene().backward;
}

TEST(Backward, AKeyTurnsTheFlowAroundAndBack) {
  AppHarness h({1280, 720}, default_scene());
  EXPECT_FALSE(h.has("gradient/input"));
  h.key(Key::kB);
  h.settle();
  for (const char* name : {"gradient/input", "gradient/turned", "gradient/weight",
                           "gradient/output", "gradient/pooled"})
    EXPECT_TRUE(h.has(name)) << name;
  EXPECT_FALSE(h.has("output"));
  const LayerGradients& of = gradients(h);
  EXPECT_EQ(h.painted(*of.input).values.tensor, of.input.get());
  h.click("strip/backward");
  h.settle();
  EXPECT_TRUE(h.has("output"));
  EXPECT_FALSE(h.has("gradient/input"));
  EXPECT_EQ(h.app().live().backward(), nullptr) << "what nobody looks at is not kept";
}

TEST(Backward, AClickOnThePooledPlaneMakesThatCellTheLoss) {
  AppHarness h({1280, 720}, backward_scene());
  const LayerGradients& before = gradients(h);
  h.click(cell_of(h, "gradient/pooled", *before.pooled, 1, 2));
  h.settle();
  EXPECT_EQ(seed(h).cell, (Yx{1, 2}));
  EXPECT_EQ(gradients(h).pooled->at(1, 2), 1.0f);
  EXPECT_EQ(gradients(h).pooled->at(0, 0), 0.0f);
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(seed(h).cell, std::nullopt);
}

TEST(Backward, TheStripSaysWhereEachGradientComesFrom) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kOutputCell;
  scene.backward.cell = Yx{2, 3};
  AppHarness h({1280, 720}, scene);
  const LayerGradients& of = gradients(h);
  h.move(cell_of(h, "gradient/input", *of.input, 3, 4));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂X[3, 4]"));
  EXPECT_TRUE(h.has("explanation/1·4 = 4"));
  h.move(cell_of(h, "gradient/output", *of.output, 2, 3));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂Y[2, 3]"));
  EXPECT_TRUE(h.has("explanation/the loss is this cell"));
  h.move(cell_of(h, "gradient/input", *of.input, 0, 0));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂X[0, 0]"));
}

// Returns the formula that the strip shows of a weight's gradient, as long as it stands there;
// empty where there is none.
std::string shown_formula(const AppHarness& h, const GradientSum& sum) {
  for (std::size_t terms = 16; terms > 0; --terms) {
    std::string formula = gradient_formula(sum, terms);
    if (h.has("explanation/" + formula)) return formula;
  }
  return "";
}

// Returns whether any formula of a weight's gradient stands in the strip.
bool shows_terms(const AppHarness& h) {
  const auto& items = h.app().surface().items().all();
  return std::ranges::any_of(items, [](const auto& item) {
    return item.first.starts_with("explanation/") && item.first.find("the other") < 999;
  });
}

TEST(Backward, TheStripShowsTheLargestTermsOfAWeightOfALargePicture) {
  Scene scene = backward_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 700, 600}, 1));
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(random_tensor({1, 1, 349, 299}, 2));
  AppHarness h({1280, 720}, scene);
  const auto sum = [&] {
    const LayerGradients& of = gradients(h);
    return explain_grad_weight(*of.layer.input, *of.output_reached, of.layer.weight.shape(),
                               of.layer.options, WeightPlace{0, 0, 0, 1}, 16);
  };
  h.move("gradient/weight/0/1");
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂W[0, 1]"));
  h.settle();
  EXPECT_EQ(sum().count, 699 * 599);
  EXPECT_THAT(shown_formula(h, sum()), testing::HasSubstr("other"));
  // After an edit the terms are those of the gradients that are shown, or there are none.
  const Tensor before = gradients(h).kernel;
  InputScene input = scene.input;
  input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 700, 600}, 3));
  h.app().perform(Edit{input});
  while (gradients(h).kernel == before) {
    h.frame();
    EXPECT_TRUE(!shows_terms(h) || !shown_formula(h, sum()).empty());
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(!shows_terms(h) || !shown_formula(h, sum()).empty());
    h.frame();
  }
  h.settle();
  EXPECT_FALSE(shown_formula(h, sum()).empty());
}

TEST(Backward, ALosersGradientIsZeroAndTheStripSaysSo) {
  AppHarness h({1280, 720}, backward_scene());
  const LayerGradients& of = gradients(h);
  const Pool2dResult& pooled = *of.layer.pooled;
  const SeedCell at = seed_cell(seed(h), pooled.output.shape());
  const Index winner =
      pooled.indices[static_cast<std::size_t>(at.cell.y * pooled.output.shape().w + at.cell.x)];
  const Index w = of.output->shape().w;
  EXPECT_EQ(of.output->at(winner / w, winner % w), 1.0f);
  h.move(cell_of(h, "gradient/output", *of.output, winner / w, winner % w));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/1"));
  const Index loser = winner % w == 2 * at.cell.x ? winner + 1 : winner - 1;
  h.move(cell_of(h, "gradient/output", *of.output, loser / w, loser % w));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/0, as it is not the largest of any window"));
}

TEST(Backward, AMaskedCellSaysWhatItWas) {
  Scene scene = backward_scene();
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, -1}});
  first_layer(scene).relu = true;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  AppHarness h({1280, 720}, scene);
  const Tensor& y = *gradients(h).layer.output;
  for (Index i = 0; i < y.shape().h * y.shape().w; ++i) {
    const Yx cell{i / y.shape().w, i % y.shape().w};
    if (y.at(cell.y, cell.x) > 0.0f) continue;
    h.move(cell_of(h, "gradient/output", y, cell.y, cell.x));
    h.frame(2);
    EXPECT_TRUE(h.has("explanation/ReLU made it 0, so that a small change of it changes nothing"));
    return;
  }
  FAIL() << "no cell is masked";
}

TEST(Backward, ANudgeMovesTheLossByWhatTheGradientSays) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kOutputCell;
  scene.backward.cell = Yx{2, 3};
  AppHarness h({1280, 720}, scene);
  h.click(cell_of(h, "gradient/input", *gradients(h).input, 3, 4));
  h.settle();
  ASSERT_TRUE(h.has("nudge/slider"));
  ASSERT_NE(h.app().live().nudge(), nullptr);
  const double by = h.app().live().nudge()->by;
  EXPECT_NEAR(h.app().live().nudge()->loss_change, 4.0 * by, 1e-5);
  const ui::ItemRegistry::Rect slider = h.rect("nudge/slider");
  h.drag(slider.center(), {slider.max.x - 1.0f, slider.center().y});
  h.settle();
  EXPECT_NEAR(h.app().live().nudge()->by, 1.0, 0.02);
  EXPECT_NEAR(h.app().live().nudge()->loss_change, 4.0 * h.app().live().nudge()->by, 1e-4);
  EXPECT_TRUE(h.has("nudge/effect"));
  h.click(h.rect("gradient/weight").center());
  h.settle();
  EXPECT_EQ(h.app().view().nudge->plane, NudgedPlane::kWeight);
}

TEST(Backward, TheSweepLaysCellAfterCellOntoTheInput) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor({1, 1, 2, 3}, 1.0f));
  AppHarness h({1280, 720}, scene);
  const Tensor whole = *gradients(h).input;
  h.click("output/sweep");
  h.settle();
  ASSERT_TRUE(h.app().view().explore.sweep.on);
  EXPECT_NE(*gradients(h).input, whole);
  h.click("output/sweep/play");  // pauses it
  const ui::ItemRegistry::Rect track = h.rect("output/sweep/position");
  h.drag(track.center(), {track.max.x - 1.0f, track.center().y});
  h.settle();
  EXPECT_EQ(*gradients(h).input, whole);
}

TEST(Backward, TheBrushPaintsTheGradientThatTheWayBeginsWith) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kPicture;
  AppHarness h({1280, 720}, scene);
  h.key(Key::kE);
  h.frame(2);
  h.click(cell_of(h, "gradient/pooled", *gradients(h).pooled, 1, 1));
  h.settle();
  ASSERT_TRUE(seed(h).picture);
  EXPECT_EQ(seed(h).picture->at(1, 1), 1.0f);
  EXPECT_EQ(gradients(h).pooled->at(1, 1), 1.0f);
}

TEST(Backward, TheCellThatIsTheLossIsOutlinedInALargePlane) {
  Scene scene = backward_scene();
  scene.input.tensor = std::make_shared<const Tensor>(random_tensor({1, 1, 400, 400}, 1));
  AppHarness h({1280, 720}, scene);
  EXPECT_TRUE(h.draws_color(h.app().surface().theme().color.accent, "gradient/pooled"));
  scene.backward.source = GradientSource::kPicture;
  h.app().perform(Edit{scene.backward});
  h.settle();
  EXPECT_FALSE(h.draws_color(h.app().surface().theme().color.accent, "gradient/pooled"));
}

TEST(Backward, TheBrushSaysWhereItPaintsNothing) {
  AppHarness h({1280, 720}, backward_scene());
  h.key(Key::kE);
  h.frame(2);
  EXPECT_THAT(h.app().view().message.text,
              testing::StartsWith("The brush paints gradients where L is a picture"));
}

TEST(Backward, CopiesTheGradientAndIsNotPastedInto) {
  AppHarness h({1280, 720}, backward_scene());
  h.move(cell_of(h, "gradient/input", *gradients(h).input, 1, 1));
  h.frame(2);
  h.key(Key::kC, true);
  h.frame(2);
  EXPECT_EQ(read_number_table(ImGui::GetClipboardText(), 64).tensor, *gradients(h).input);
  const Scene before = h.app().document().scene();
  h.key(Key::kV, true);
  h.settle();
  EXPECT_EQ(h.app().document().scene(), before);
  EXPECT_THAT(h.app().view().message.text, testing::HasSubstr("can't be pasted into"));
}

TEST(Backward, TheErrorOfTheLearningGoesBackThroughTheLearnedKernel) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kError;
  AppHarness h({1280, 720}, scene);
  const TrainingSnapshot& training = *h.app().live().training().snapshot;
  EXPECT_EQ(gradients(h).kernel.shape(), training.weight.shape());
  EXPECT_TRUE(h.has("gradient/pooled/notice"));
  h.key(Key::kS);
  h.settle();
  EXPECT_EQ(h.app().live().backward()->request.training->step, 1);
}

Scene padded_scene(PaddingMode mode) {
  Scene scene = backward_scene();
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, 2, 1}, {0, 1, 0}, {-1, 0, 2}});
  first_layer(scene).conv.padding = {2, 2, 2, 2};
  first_layer(scene).conv.padding_mode = mode;
  first_layer(scene).conv.stride = {2, 2};
  return scene;
}

TEST(Backward, ACellOfThePaddingHasItsWeightsAndItsWindowInEveryMode) {
  for (const PaddingMode mode : {PaddingMode::kZeros, PaddingMode::kReflect}) {
    AppHarness h({1280, 720}, padded_scene(mode));
    const Tensor& framed = *gradients(h).framed;
    h.move(cell_of(h, "gradient/input", framed, 2, 1));  // X[0, −1]
    h.frame(2);
    EXPECT_TRUE(h.has("explanation/∂L/∂X[0, −1]"));
    EXPECT_TRUE(h.draws_color(h.app().surface().theme().color.linked, "card/kernel"));
    const ui::ItemRegistry::Rect window = h.rect("gradient/output/outline/0");
    const ui::ItemRegistry::Rect plane = h.rect("gradient/output/plane");
    const float cell =
        (plane.max.x - plane.min.x) / static_cast<float>(gradients(h).spread->shape().w);
    EXPECT_NEAR(window.max.x - window.min.x, 3.0f * cell, 0.5f);
    EXPECT_FALSE(h.has("gradient/output/outline/1"));
  }
}

TEST(Backward, TheLossIsACellThatCanBeMovedWhereThePooledPlaneIsNotShown) {
  LessonWindow h(shipped_lesson("4"), 0, {1900, 1000});
  h.key(Key::kB);
  h.settle();
  EXPECT_FALSE(h.has("gradient/pooled"));
  EXPECT_EQ(seed(h).source, GradientSource::kOutputCell);
  h.click(cell_of(h, "gradient/output", *gradients(h).output, 1, 1));
  h.settle();
  EXPECT_EQ(gradients(h).output->at(1, 1), 1.0f);
  BackwardScene chosen;
  chosen.source = GradientSource::kPicture;
  h.app().perform(Edit{chosen});
  h.key(Key::kB);
  h.key(Key::kB);
  EXPECT_EQ(seed(h), chosen) << "what somebody has chosen stays";
}

TEST(Backward, BeginsWithACellThatIsNotZeroNearTheMiddle) {
  Scene scene = backward_scene();
  Tensor input({1, 1, 9, 9});
  input.at(6, 2) = 1.0f;
  scene.input.tensor = std::make_shared<const Tensor>(input);
  first_layer(scene).relu = true;
  AppHarness h({1280, 720}, scene);
  // Y is 8 × 8 and P 4 × 4: its middle cell (1, 1) sees nothing of the one pixel.
  EXPECT_EQ(gradients(h).pooled->at(2, 1), 1.0f);
  EXPECT_EQ(gradients(h).pooled->at(1, 1), 0.0f);
  EXPECT_NE(*gradients(h).input, Tensor(input.shape()));
  EXPECT_EQ(seed(h).cell, std::nullopt) << "nobody has chosen";
  h.click(cell_of(h, "gradient/input", *gradients(h).input, 6, 2));
  h.settle();
  ASSERT_NE(h.app().live().nudge(), nullptr);
  EXPECT_NE(h.app().live().nudge()->loss_change, 0.0) << "the nudge goes to the same cell";
  scene.input.tensor = std::make_shared<const Tensor>(Tensor(input.shape()));
  AppHarness zeros({1280, 720}, scene);
  EXPECT_EQ(gradients(zeros).pooled->at(1, 1), 1.0f) << "the middle, where all are 0";
}

TEST(Backward, TheErrorsGradientsHaveTheirHats) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kError;
  scene.learning.reduction = Reduction::kMean;
  AppHarness h({1280, 720}, scene);
  h.move(cell_of(h, "gradient/output", *gradients(h).output, 1, 1));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂Ŷ[1, 1]"));
  const std::string factor = "2/" + std::to_string(gradients(h).output->numel());
  EXPECT_TRUE(
      h.has("explanation/" + factor + " · error, as the loss is the mean of the squares of Ŷ − T"));
  h.key(Key::kC, true);
  h.frame(2);
  EXPECT_THAT(h.app().view().toast.text, testing::StartsWith("∂L/∂Ŷ was copied"));
  h.move(h.rect("gradient/weight").center());
  h.key(Key::kC, true);
  h.frame(2);
  EXPECT_THAT(h.app().view().toast.text, testing::StartsWith("∂L/∂Ŵ was copied"));
}

TEST(Backward, TheFactsOfAMaskedAverageAreNotCut) {
  Scene scene = backward_scene();
  first_layer(scene).relu = true;
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  Hall h({1280, 720}, 1.0f, scene);
  ASSERT_TRUE(h.has("output/facts"));
  EXPECT_FALSE(h.draws(0x2026, "output/facts")) << "an ellipsis";
}

TEST(Backward, APictureOfTheWindowHasTheGradientsAsText) {
  AppHarness h({1280, 720}, backward_scene());
  using testing::HasSubstr;
  EXPECT_THAT(figures(h.app()),
              testing::Contains(testing::AllOf(HasSubstr("∂L/∂X: 6 × 7"), HasSubstr("∂L/∂W: 2 × 2"),
                                               HasSubstr("∂L/∂b: 1 × 1"), HasSubstr("∂L/∂Y: 5 × 6"),
                                               HasSubstr("∂L/∂P: 2 × 3"))));
  h.key(Key::kB);
  h.settle();
  EXPECT_THAT(figures(h.app()), testing::Not(testing::Contains(HasSubstr("∂L/∂X"))));
}

TEST(Backward, TheSceneFileKeepsTheDirectionAndTheSource) {
  Scene scene = backward_scene();
  scene.backward.source = GradientSource::kPicture;
  scene.backward.picture = std::make_shared<const Tensor>(Tensor::from_rows({{1, 2}, {0, 3}}));
  const Scene read = parse_scene(scene_text(scene, "x"), {});
  EXPECT_TRUE(read.look.backward);
  EXPECT_EQ(read.backward.source, GradientSource::kPicture);
  EXPECT_EQ(*read.backward.picture, *scene.backward.picture);
  // A scene that says nothing of it is written as before.
  EXPECT_EQ(scene_text(default_scene(), "x").find("backward"), std::string::npos);
}

}  // namespace
}  // namespace convscope::program
