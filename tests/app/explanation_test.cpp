// What the strip says, and what stands in for it where a layer gives nothing.
#include <gtest/gtest.h>

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/parts/explanation_line.h"
#include "app/panels/parts/operation_sign.h"
#include "app/scene/layer_presets.h"
#include "engine/explain/explain_text.h"
#include "tests/app/app_harness.h"
#include "tests/ui/ui_harness.h"

namespace convscope::program {
namespace {

// The sum of a cell of a layer with 3 slices of 5 x 5.
CellSum layer_sum() {
  const Tensor input = *noise_stack(1, 3, {5, 5}, 1).tensor;
  const KernelScene kernel = random_layer(1, 3, {5, 5}, 1);
  return explain_output(input, kernel.weight, kernel.bias, {}, 0, 0, {0, 0});
}

TEST(ExplanationLine, AFormulaAlwaysHasItsResultInTheRoomThereIs) {
  const CellSum sum = layer_sum();
  const auto formula = [&](std::size_t most) { return sum_formula(sum, most); };
  const std::string whole = formula(16);
  const std::string result = whole.substr(whole.rfind("= "));
  ui::UiHarness h;
  h.draw = [&](ui::Ui& ui) {
    for (const float width : {1600.0f, 1216.0f, 800.0f, 600.0f, 400.0f, 200.0f}) {
      const ExplanationLine line(ui, {0, 0, width, 52});
      const std::string text = line.fitting(formula);
      EXPECT_TRUE(text.ends_with(result)) << text;
      EXPECT_LE(line.plain_width(text), line.room() + ui.theme.px(12.0f)) << text;
    }
    EXPECT_EQ(ExplanationLine(ui, {0, 0, 200, 52}).fitting(formula), "… " + result);
  };
  h.frame();
}

TEST(ExplanationLine, ANoteIsWholeAndLeavesRoom) {
  ui::UiHarness h;
  h.draw = [&](ui::Ui& ui) {
    ExplanationLine line(ui, {0, 0, 400, 52});
    const float room = line.room();
    line.note({"a note that is far too long for a line that is as short as this one is", "short"},
              200.0f);
    EXPECT_LT(line.room(), room);
    EXPECT_GE(line.room(), 200.0f);
    const float left = line.room();
    line.note({"short"}, left);
    EXPECT_EQ(line.room(), left);
  };
  h.frame();
}

class Layers : public AppHarness {
 public:
  explicit Layers(Scene scene)
      : AppHarness({1280, 720}, std::move(scene), {.page = Page::kLayers}) {
    settle();
  }
};

TEST(LayerFailure, IsThatOfTheFirstLayerThatGivesNothing) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 3, {12, 10}, 1);
  first_layer(scene).kernel = random_layer(4, 3, {3, 3}, 1);
  scene.layers.resize(4);
  for (std::size_t i = 1; i < 4; ++i)
    convolution(scene.layers[i]).kernel = random_layer(4, 4, {3, 3}, 2);
  Layers h(scene);
  const StageView& view = *h.app().live().stage().get();
  EXPECT_EQ(first_failure(view), "");
  StageView later = view;
  for (std::size_t layer = 2; layer <= 3; ++layer) {
    later.request.stage = {layer, StagePart::kOutput};
    EXPECT_EQ(first_failure(later),
              "conv 3 has no output: " + later.request.results->layers[2].output_error);
  }
  EXPECT_NE(first_failure(later).find("3 × 3"), std::string::npos) << first_failure(later);
}

TEST(LayerSum, ShowsTheMapBesideTermsThatScroll) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 7, {12, 10}, 1);
  first_layer(scene).kernel = random_layer(1, 7, {3, 3}, 1);
  Layers h(scene);
  ASSERT_TRUE(h.has("sum/map"));
  EXPECT_LE(h.rect("sum/map").max.x, h.rect("card/layer-sum").max.x);
  EXPECT_LE(h.rect("sum/6").min.x, h.rect("sum/map").min.x);
  h.click("sum/map");
  EXPECT_TRUE(h.has("sum/map"));
}

TEST(TransposedConvolution, HasASignOfItsOwn) {
  KernelScene kernel;
  ConvScene conv;
  EXPECT_STREQ(operation_sign(kernel, conv), "⋆");
  conv.transposed = true;
  EXPECT_STREQ(operation_sign(kernel, conv), "⋆ᵀ");
  kernel.turned = true;
  EXPECT_STREQ(operation_sign(kernel, conv), "∗ᵀ");
  conv.transposed = false;
  EXPECT_STREQ(operation_sign(kernel, conv), "∗");
}

TEST(TransposedConvolution, IsNamedInTheTopBar) {
  AppHarness h({1600, 900});
  const float width = h.rect("top/shown").max.x - h.rect("top/shown").min.x;
  h.click("conv/more");
  h.settle();
  h.click("conv/transposed");
  h.settle();
  EXPECT_GT(h.rect("top/shown").max.x - h.rect("top/shown").min.x, width);
}

TEST(Help, ClosesByAButtonThatASmallWindowShows) {
  AppHarness h({640, 480});
  h.key(ui::Key::kF1);
  h.settle();
  ASSERT_TRUE(h.has("help/close"));
  EXPECT_LE(h.rect("help/close").max.y, 480.0f);
  EXPECT_LE(h.rect("help/close").max.x, 640.0f);
  h.click("help/close");
  h.settle();
  EXPECT_FALSE(h.has("help/close"));
}

}  // namespace
}  // namespace convscope::program
