// What the notes of the scenes that come with the program say.
#include "app/files/examples.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "app/files/scene_file.h"
#include "app/files/write_file.h"
#include "app/look/skipped_cells.h"
#include "app/program/view/look.h"
#include "app/session/backward.h"
#include "app/session/evaluator.h"
#include "engine/kernel_info/kernel_analysis.h"
#include "tests/app/app_harness.h"
#include "tests/temp_folder.h"

namespace convscope::program {
namespace {

using testing::Each;
using testing::ElementsAre;

Scene example(std::string_view title) {
  for (const Example& e : examples()) {
    if (e.title == title) return example_scene(e);
  }
  ADD_FAILURE() << "no example \"" << title << "\"";
  return default_scene();
}

std::set<float> values_of(const Tensor& tensor) {
  return {tensor.values().begin(), tensor.values().end()};
}

std::set<float> outputs(std::string_view title) {
  const Results results = evaluate(example(title));
  return results.layers[0].output ? values_of(*results.layers[0].output) : std::set<float>{};
}

TEST(Examples, AllHaveAnOutputAndATitleOfTheirOwn) {
  std::set<std::string> titles;
  for (const Example& e : examples()) {
    SCOPED_TRACE(e.title);
    EXPECT_TRUE(titles.insert(e.title).second);
    const Scene scene = example_scene(e);
    EXPECT_LE(scene.note.size(), 130u);  // one line of the strip
    EXPECT_EQ(scene.file, "");
    const Results results = evaluate(scene);
    ASSERT_TRUE(results.layers[0].output);
    EXPECT_TRUE(results.layers[0].pooled);
    EXPECT_EQ(results.layers.size(), scene.layers.size());
  }
}

TEST(Examples, TheFirstIsTheSceneOfTheStart) {
  Scene start = default_scene();
  EXPECT_EQ(scene_text(example_scene(examples()[0]), "x"), scene_text(start, "x"));
}

TEST(Examples, TheFirstSumIsTheLessons) {
  EXPECT_THAT(evaluate(example("A first sum: 2 × 2 on 3 × 3")).layers[0].output->values(),
              ElementsAre(19, 25, 37, 43));
}

TEST(Examples, TransposingShowsTheEdges) {
  Scene scene = example("Edges that this kernel can't see");
  EXPECT_THAT(values_of(*evaluate(scene).layers[0].output), ElementsAre(0));
  scene.input = transposed(scene.input);
  EXPECT_THAT(values_of(*evaluate(scene).layers[0].output), ElementsAre(-1, 0, 1));
}

TEST(Examples, PaddingDarkensTheBorder) {
  EXPECT_THAT(outputs("Padding: the border"), ElementsAre(4, 6, 9));
}

TEST(Examples, AStrideDropsARowAndAColumn) {
  const Scene scene = example("Stride: dropped cells");
  const Results results = evaluate(scene);
  const ui::CellStrips skipped =
      look::skipped_cells(scene.input.tensor->shape(), {3, 3}, results.layers[0].options);
  EXPECT_EQ(skipped.rows.size(), 1u);
  EXPECT_EQ(skipped.columns.size(), 1u);
}

TEST(Examples, TheDilatedKernelNeverMeetsBothColours) {
  EXPECT_THAT(outputs("Dilation: a wider view"), ElementsAre(0, 9));
}

TEST(Examples, TheBlurIsSeparable) {
  EXPECT_TRUE(kernel_svd(first_layer(example("A separable blur")).kernel.weight).separable());
}

TEST(Examples, TransposedConvolutionAddsWhereKernelsOverlap) {
  EXPECT_THAT(outputs("Transposed convolution"), ElementsAre(1, 2, 4));
}

LayerGradients gradients(std::string_view title) {
  const Scene scene = example(title);
  EXPECT_TRUE(scene.look.backward);
  const auto results = std::make_shared<const Results>(evaluate(scene));
  return go_backward({results, 1, nullptr, {}}, {})->layers.front();
}

TEST(Examples, OneCellLaysTheKernelOntoTheInput) {
  const LayerGradients of = gradients("Backward: one cell's gradient");
  EXPECT_EQ(of.input->at(2, 3), 1.0f);
  EXPECT_EQ(of.input->at(3, 4), 4.0f);
  EXPECT_THAT(values_of(*of.input), ElementsAre(0, 1, 2, 3, 4));
  const Tensor& x = *of.layer.input;
  EXPECT_EQ(of.kernel, Tensor::from_rows({{x.at(2, 3), x.at(2, 4)}, {x.at(3, 3), x.at(3, 4)}}));
}

TEST(Examples, TheStrideSpreadsTheGradientWithZeros) {
  const LayerGradients of = gradients("Backward: a stride spreads zeros");
  EXPECT_EQ(of.spread->at(2, 2), 1.0f);
  EXPECT_EQ(of.spread->at(2, 3), 0.0f);
  EXPECT_EQ(of.spread->at(2, 4), 1.0f);
}

TEST(Examples, TheWinnerTakesItAllAndAnAverageSharesIt) {
  EXPECT_THAT(values_of(*gradients("Backward: the winner takes it all").output), ElementsAre(0, 1));
  Scene scene = example("Backward: the winner takes it all");
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  const auto results = std::make_shared<const Results>(evaluate(scene));
  EXPECT_THAT(values_of(*go_backward({results, 1, nullptr, {}}, {})->layers.front().output),
              ElementsAre(0, 0.25f));
}

TEST(Examples, TheMaskOfReluStopsTheGradient) {
  const LayerGradients of = gradients("Backward: ReLU's mask");
  EXPECT_THAT(values_of(*of.mask), ElementsAre(0, 1));
  EXPECT_THAT(values_of(*of.output), ElementsAre(0, 1));
}

TEST(Examples, TheRatesLieOnEitherSideOfTheCliff) {
  const LearningScene learning = example("Learning: the cliff").learning;
  ASSERT_EQ(learning.compared.size(), 2u);
  EXPECT_LT(learning.rate, 1.0f / 30.0f);
  EXPECT_FLOAT_EQ(learning.compared[0].rate, 1.0f / 36.0f);
  EXPECT_GT(learning.compared[1].rate, 1.0f / 30.0f);
}

TEST(Examples, TheInputThatTeachesOnlyASumIsConstant) {
  EXPECT_THAT(example("Learning: what can't be learned").input.tensor->values(), Each(1.0f));
}

TEST(Examples, AreOpenedFromTheMenuWithTheirNote) {
  AppHarness h;
  EXPECT_EQ(h.app().document().note(), "");
  h.click("top/open");
  h.click("top/open/15");
  h.settle();
  EXPECT_EQ(h.app().view().settings.page, Page::kLayers);
  EXPECT_EQ(h.app().document().scene().layers.size(), 2u);
  EXPECT_EQ(h.app().document().note(), example("Two layers, ReLU and pooling").note);
  EXPECT_FALSE(h.app().document().unsaved());
  h.app().perform(Edit{LayerEdit{0, KernelScene{}}});
  EXPECT_EQ(h.app().document().note(), "") << "what it says may hold no more";
  h.app().perform(Undo{});
  EXPECT_NE(h.app().document().note(), "");
  h.app().perform(Undo{});
  EXPECT_EQ(scene_text(h.app().document().scene(), "x"), scene_text(default_scene(), "x"));
}

TEST(Examples, TwoLayersOpenOnTheirPageFromEverywhere) {
  const TempFolder folder;
  const Scene scene = example("Two layers, ReLU and pooling");
  EXPECT_EQ(scene.look.page, Page::kLayers);
  save_scene(scene, folder / "two-layers.json");
  AppHarness opened;
  opened.app().perform(OpenScene{folder / "two-layers.json"});
  opened.settle();
  EXPECT_EQ(opened.app().view().settings.page, Page::kLayers);
  AppHarness dropped;
  const std::filesystem::path file = folder / "two-layers.json";
  dropped.app().drop({&file, 1});
  dropped.settle();
  EXPECT_EQ(dropped.app().view().settings.page, Page::kLayers);
  ViewSettings started;  // from the command line
  show_look(load_scene(file).look, started);
  EXPECT_EQ(started.page, Page::kLayers);
}

TEST(Examples, DroppedCellsSayWhatTheyAreAbout) {
  AppHarness h;
  h.click("top/open");
  h.click("top/open/11");
  h.settle();
  EXPECT_NE(h.app().document().note().find("hatched"), std::string_view::npos);
}

TEST(SceneLook, IsKeptWhenTheSceneIsSavedAndShownWhenItIsOpened) {
  const TempFolder folder;
  AppHarness h;
  h.app().perform(SaveScene{folder / "plain.json"});
  h.settle();
  EXPECT_EQ(load_scene(folder / "plain.json").look, SceneLook());
  h.app().perform(ViewCommand::kNextTheme);
  h.app().perform(ChooseRange{"output", {ui::RangeMode::kTyped, {-2.0f, 3.0f}}});
  h.app().perform(ChooseRange{"error", {ui::RangeMode::kAutomatic, {}}});
  h.click("error/view/2");
  h.app().perform(ShowPage{Page::kLayers});
  h.app().perform(SaveScene{folder / "look.json"});
  h.settle();
  EXPECT_FALSE(h.app().document().unsaved());
  const SceneLook look = load_scene(folder / "look.json").look;
  EXPECT_EQ(look.page, Page::kLayers);
  EXPECT_EQ(look.tab, LearningTab::kLandscape);
  EXPECT_EQ(look.theme, SceneTheme::kDark);
  EXPECT_EQ(look.ranges, (std::vector<ViewRange>{{"output", RangeKind::kTyped, -2.0f, 3.0f}}));
  AppHarness other;
  other.app().perform(OpenScene{folder / "look.json"});
  other.settle();
  EXPECT_TRUE(other.app().view().settings.dark());
  EXPECT_EQ(other.app().view().settings.page, Page::kLayers);
  EXPECT_EQ(other.app().view().settings.ranges.at("output").fixed, (ui::ValueRange{-2.0f, 3.0f}));
  other.app().perform(ShowPage{Page::kKernel});
  other.frame(2);
  EXPECT_TRUE(other.has("landscape/plane"));
  other.app().perform(OpenScene{folder / "plain.json"});
  other.settle();
  EXPECT_TRUE(other.app().view().settings.dark()) << "stays where the scene does not say";
  EXPECT_TRUE(other.app().view().settings.ranges.empty()) << "those were the other scene's";
}

TEST(Examples, AreNotSilencedByWhatThePointerHappensToBeOver) {
  AppHarness h;
  const ImVec2 on_kernel = h.rect("kernel/weight/0/0").center();
  h.move(on_kernel);
  ASSERT_TRUE(h.app().view().links.weight);
  h.app().perform(OpenScene{.path = {}, .example = 1});
  h.settle();
  EXPECT_FALSE(h.app().view().links.weight);
  h.move({on_kernel.x + 3, on_kernel.y});
  EXPECT_TRUE(h.app().view().links.weight);
}

TEST(Examples, AFileThatIsBeingReadDoesNotComeAfterThem) {
  const TempFolder folder;
  const std::vector<std::uint8_t> rgba(4 * 6 * 8, 200);
  write_png(folder / "p.png", rgba, 8, 6);
  AppHarness h;
  h.app().perform(OpenPicture{folder / "p.png"});
  h.app().perform(OpenScene{"", 0, 1});
  h.settle();
  EXPECT_EQ(scene_text(h.app().document().scene(), "x"),
            scene_text(example_scene(examples()[1]), "x"));
}

TEST(Examples, LeavingTheLayersForOneLetsGoOfTheirResults) {
  AppHarness h({1280, 720}, default_scene(), {.page = Page::kLayers});
  h.settle();
  ASSERT_NE(h.app().live().stage().get(), nullptr);
  h.app().perform(OpenScene{"", 0, 0});
  h.settle();
  EXPECT_EQ(h.app().view().settings.page, Page::kKernel);
  EXPECT_EQ(h.app().live().stage().get(), nullptr);
}

}  // namespace
}  // namespace convscope::program
