// The gradients on the Layers page: through a chain of layers, cell by cell, and the receptive
// field read the other way.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "app/files/arrays/number_table.h"
#include "app/session/evaluator.h"
#include "app/session/gradient_view.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/explain/backward_text.h"
#include "tests/app/layers_fixture.h"

namespace convscope::program {
namespace {

using ui::Key;

// The chain with a pooling behind its second layer, backward.
Scene backward_chain() {
  Scene scene = chain_scene();
  first_layer(scene).pool.options.kind = PoolKind::kAverage;
  scene.look.backward = true;
  return scene;
}

class Gradients : public Layers {
 public:
  using Layers::Layers;
  const LayerGradients& of(std::size_t layer) {
    const BackwardResults* backward = app().live().backward();
    if (backward == nullptr || layer >= backward->layers.size())
      throw Error("no gradients: " + (backward ? backward->error : std::string()));
    return backward->layers[layer];
  }
  const GradientView& shown() {
    if (app().live().gradient_view() == nullptr) throw Error("no pictures of gradients");
    return *app().live().gradient_view();
  }
  const BackwardScene& seed() { return app().document().scene().backward; }
  // Expects that the pictures are drawn, and are the planes of the picture `sample` of `tensor`.
  void expect_drawn(const PlanePreviews& planes, const Tensor& tensor, Index first = 0,
                    Index sample = 0) {
    painted(planes.cells);
    for (Index c = 0; c < planes.shape.c; ++c) {
      const auto drawn = planes.cells.plane(0, c);
      const auto expected = tensor.plane(sample, first + c);
      EXPECT_TRUE(std::ranges::equal(drawn, expected)) << "channel " << c;
    }
  }
  // Returns the first piece of the strip that contains a text; empty without one.
  std::string strip(const std::string& part) {
    for (const auto& [item, rect] : app().surface().items().all())
      if (item.starts_with("explanation/") && item.find(part) != std::string::npos)
        return item.substr(12);
    return "";
  }
  void point(const std::string& tile, Yx cell, const Shape& plane) {
    move(tile_cell(tile, cell.y, cell.x, plane));
    frame(2);
  }
};

TEST(LayerGradients, AKeyPutsTheGradientsIntoThePlacesOfTheValues) {
  Gradients h(chain_scene());
  h.click("chain/conv 2");
  h.settle();
  EXPECT_TRUE(h.has("layer/weight"));
  h.key(Key::kB);
  h.settle();
  EXPECT_FALSE(h.has("layer/weight"));
  EXPECT_TRUE(h.has("layer/gradient"));
  h.expect_drawn(h.shown().input, *h.of(1).input);
  h.expect_drawn(h.shown().maps, *h.of(1).output);
  h.expect_drawn(h.shown().original, *h.of(0).input);
  h.expect_drawn(h.shown().sum, *h.of(1).input, h.shown().look.channel);
  const Tensor& terms = h.shown().terms.cells;
  ASSERT_EQ(terms.shape().c, 2) << "one for each map";
  for (std::size_t i = 0; i < terms.plane(0, 0).size(); ++i)
    EXPECT_NEAR(terms.plane(0, 0)[i] + terms.plane(0, 1)[i], h.of(1).input->plane(0, 0)[i], 1e-6f);
  EXPECT_EQ(*h.of(0).pooled, *h.of(1).input) << "what the chain hands on";
  h.key(Key::kB);
  h.settle();
  EXPECT_TRUE(h.has("layer/weight"));
  EXPECT_EQ(h.app().live().gradient_view(), nullptr) << "what nobody looks at is not kept";
}

TEST(LayerGradients, EachStageHasItsOwnGradient) {
  Gradients h(backward_chain());
  h.click("chain/conv 1");
  h.settle();
  h.expect_drawn(h.shown().maps, *h.of(0).output);
  h.click("chain/ReLU 1");
  h.settle();
  h.expect_drawn(h.shown().maps, *h.of(0).activated);
  EXPECT_NE(*h.of(0).activated, *h.of(0).output) << "or the mask would mask nothing";
  h.click("chain/pool 1");
  h.settle();
  h.expect_drawn(h.shown().maps, *h.of(0).pooled);
}

TEST(LayerGradients, AnyCellOfAnyLayerIsNudgedByHand) {
  Gradients h(backward_chain());
  const auto expect_nudged = [&](NudgedPlane plane, std::size_t layer, const std::string& name,
                                 const Tensor& gradient) {
    h.move({5, 5});
    h.settle();
    const NudgeEffect* effect = h.app().live().nudge();
    ASSERT_NE(effect, nullptr) << name;
    EXPECT_EQ(effect->request.plane, plane) << name;
    EXPECT_EQ(effect->request.layer, layer) << name;
    const WeightPlace& at = effect->request.place;
    EXPECT_NEAR(effect->gradient, gradient.at(at.n, at.c, at.y, at.x), 1e-5) << name;
    EXPECT_NEAR(effect->loss_change, effect->gradient * effect->by, 1e-4) << name;
    EXPECT_NE(h.strip(name + " + 0.1:"), "") << name;
    EXPECT_NE(h.strip("ΔL = "), "") << name;
    EXPECT_TRUE(h.has("nudge/slider")) << name;
  };
  h.app().perform(Edit{[&] {
    BackwardScene sum = h.seed();
    sum.source = GradientSource::kPicture;
    return sum;
  }()});
  h.click("chain/conv 2");
  h.settle();
  h.click(h.tile_cell("layer/input/1", 1, 2, h.of(1).input->shape()));
  expect_nudged(NudgedPlane::kInput, 1, "X[1][1, 2]", *h.of(1).input);
  h.click("layer/gradient/0/1");
  expect_nudged(NudgedPlane::kWeight, 1, "W[0, 1, 0, 1]", h.of(1).kernel);
  h.click(h.tile_cell("layer/original", 2, 3, h.of(0).input->shape()));
  expect_nudged(NudgedPlane::kInput, 0, "the scene's input X[0][2, 3]", *h.of(0).input);
  h.click("chain/conv 1");
  h.settle();
  h.click(h.tile_cell("maps/1", 2, 2, h.of(0).output->shape()));
  expect_nudged(NudgedPlane::kOutput, 0, "Y[1][2, 2]", *h.of(0).output);
  h.click("chain/pool 1");
  h.settle();
  h.click(h.tile_cell("maps/0", 1, 0, h.of(0).pooled->shape()));
  expect_nudged(NudgedPlane::kPooled, 0, "P[0][1, 0]", *h.of(0).pooled);
  h.key(Key::kEscape);
  h.frame(2);
  EXPECT_FALSE(h.app().view().nudge);
  EXPECT_FALSE(h.has("nudge/slider"));
}

TEST(LayerGradients, AThirdLayerHandsItsGradientToTheSecond) {
  Scene scene = backward_chain();
  scene.layers.push_back(scene.layers.back());
  convolution(scene.layers[2]).kernel = random_layer(3, 2, {1, 2}, 5);
  convolution(scene.layers[2]).relu = true;
  scene.backward.channel = 2;
  Gradients h(scene, {1920, 1080});
  h.click("chain/conv 2");
  h.settle();
  h.expect_drawn(h.shown().maps, *h.of(1).output);
  EXPECT_EQ(*h.of(1).output, *h.of(2).input);
  const Yx cell{1, 1};
  h.point("maps/1", cell, h.of(1).output->shape());
  const LayerGradients& next = h.of(2);
  const BackwardSum sum = explain_grad_input(*next.output, next.layer.weight, next.input->shape(),
                                             next.layer.options, 0, 1, cell, 16);
  EXPECT_TRUE(h.has("explanation/∂L/∂Y[1][1, 1]"));
  EXPECT_TRUE(h.has("explanation/" + backward_formula(sum, 16)));
  EXPECT_TRUE(h.has("explanation/gradient · weight of layer 3"));
}

TEST(LayerGradients, AClickOnTheLastStageMovesTheLossAndUndoTakesItBack) {
  Gradients h(backward_chain());
  h.click("chain/conv 2");
  h.settle();
  const Shape s = h.of(1).output->shape();
  h.click(h.tile_cell("maps/1", 2, 1, s));
  h.settle();
  EXPECT_EQ(h.seed().channel, 1);
  EXPECT_EQ(h.seed().cell, (Yx{2, 1}));
  Tensor expected(s);
  expected.at(0, 1, 2, 1) = 1.0f;
  EXPECT_EQ(*h.of(1).output, expected);
  EXPECT_EQ(h.view().channel, 1) << "the map is selected as forward";
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.seed().cell, std::nullopt);
  // A cell of a stage before it is not the loss.
  h.click("chain/conv 1");
  h.settle();
  h.click(h.tile_cell("maps/1", 2, 1, h.of(0).output->shape()));
  h.settle();
  EXPECT_EQ(h.seed().cell, std::nullopt);
  EXPECT_EQ(h.view().channel, 1);
}

TEST(LayerGradients, OfADrawnGradientAClickTurnsACellOnAndOff) {
  Scene scene = backward_chain();
  scene.backward.source = GradientSource::kPicture;
  Gradients h(scene);
  h.click("chain/conv 2");
  h.settle();
  const Shape s = h.of(1).output->shape();
  h.click(h.tile_cell("maps/0", 1, 1, s));
  h.settle();
  h.click(h.tile_cell("maps/1", 0, 2, s));
  h.settle();
  EXPECT_EQ(h.of(1).output->at(0, 0, 1, 1), 1.0f);
  EXPECT_EQ(h.of(1).output->at(0, 1, 0, 2), 1.0f);
  h.click(h.tile_cell("maps/0", 1, 1, s));
  h.settle();
  EXPECT_EQ(h.of(1).output->at(0, 0, 1, 1), 0.0f);
  h.click("maps/range/1");
  h.click("backward/ones");
  h.settle();
  EXPECT_EQ(*h.of(1).output, Tensor(s, 1.0f));
}

TEST(LayerGradients, TheStripSaysByHowMuchAPixelMovesTheLossAndWhatItReaches) {
  Gradients h(backward_chain(), {2300, 1080});
  h.click("chain/conv 2");
  h.settle();
  h.click(h.tile_cell("maps/1", 2, 1, h.of(1).output->shape()));
  h.settle();
  // 2 x 2 over 2 x 2 pooled over 3 x 3: row 6 is in rows 4 to 6 of the map, in pooled rows 2 and 3,
  // and in rows 1 to 3 of the last map; column 4 likewise in columns 0 to 2.
  h.point("layer/original", {6, 4}, {1, 1, 12, 10});
  const double g = static_cast<double>(h.of(0).input->at(0, 0, 6, 4));
  ASSERT_NE(g, 0.0);
  EXPECT_EQ(h.strip("this input pixel"), "this input pixel moves the loss by " + number_text(g, 4) +
                                             " for each 1 that it changes, through 9 cells of "
                                             "conv 2: rows 1–3, columns 0–2");
  h.point("layer/original", {0, 0}, {1, 1, 12, 10});
  EXPECT_EQ(h.strip("this input pixel"),
            "this input pixel does not move the loss: it reaches 1 cell of conv 2, row 0, column "
            "0, which is not L");
  h.point("layer/input/3", {2, 1}, h.of(1).input->shape());
  EXPECT_TRUE(h.has("explanation/∂L/∂X[3][2, 1]"));
  EXPECT_NE(h.strip("through 4 cells of conv 2: rows 1–2, columns 0–1"), "");
  h.point("maps/0", {2, 1}, h.of(1).output->shape());
  EXPECT_TRUE(h.has("explanation/the loss is another cell"));
  EXPECT_NE(h.strip("moved by the input's rows 4–9, columns 2–7"), "");
}

TEST(LayerGradients, APixelThatReluStopsDoesNotMoveTheLossNow) {
  Scene scene = backward_chain();
  convolution(scene.layers[1]).relu = true;
  convolution(scene.layers[1]).kernel.bias.assign(2, -100.0f);
  Gradients h(scene, {1920, 1080});
  h.click("chain/conv 2");
  h.settle();
  h.point("layer/original", {6, 4}, {1, 1, 12, 10});
  EXPECT_NE(h.strip("does not move the loss now, though it reaches 9 cells of ReLU 2"), "");
  h.point("maps/0", {1, 1}, h.of(1).output->shape());
  EXPECT_NE(h.strip("0, as Y[0][1, 1] was"), "");
}

// Returns where the result of a scene differs in a channel once a cell of its input has moved.
std::set<std::pair<Index, Index>> changed_cells(Scene scene, Index channel, Yx cell, Index result) {
  const Results before = evaluate(scene);
  Tensor moved = *scene.input.tensor;
  moved.at(0, channel, cell.y, cell.x) += 0.5f;
  scene.input.tensor = std::make_shared<const Tensor>(std::move(moved));
  const Results after = evaluate(scene);
  const Tensor& a = *before.layers.back().output;
  const Tensor& b = *after.layers.back().output;
  std::set<std::pair<Index, Index>> cells;
  for (Index y = 0; y < a.shape().h; ++y)
    for (Index x = 0; x < a.shape().w; ++x)
      if (a.at(0, result, y, x) != b.at(0, result, y, x)) cells.insert({y, x});
  return cells;
}

TEST(LayerGradients, WhatAPixelReachesIsWhatChangesWithIt) {
  Scene scene = backward_chain();
  first_layer(scene).relu = false;
  first_layer(scene).conv.stride = {2, 1};
  first_layer(scene).conv.padding = {1, 1, 1, 1};
  Gradients h(scene, {1920, 1080});
  h.click("chain/conv 2");
  h.settle();
  for (const Yx cell : {Yx{0, 0}, Yx{5, 3}, Yx{11, 9}, Yx{7, 6}}) {
    const std::set<std::pair<Index, Index>> changed = changed_cells(scene, 0, cell, 1);
    h.point("layer/original", cell, {1, 1, 12, 10});
    const std::string count = std::to_string(changed.size());
    EXPECT_NE(h.strip(count + (changed.size() == 1 ? " cell of conv 2" : " cells of conv 2")), "")
        << cell.y << ", " << cell.x << " changes " << count;
  }
}

TEST(LayerGradients, TheErrorOfTheLearningGoesThroughTheFirstLayerAlone) {
  Scene scene = backward_chain();
  scene.backward.source = GradientSource::kError;
  Gradients h(scene);
  for (const char* notice : {"layer/input/notice", "filters/notice", "maps/notice", "sum/notice"})
    EXPECT_TRUE(h.has(notice)) << notice;
  EXPECT_FALSE(h.has("maps/0")) << "no values stand under a title of gradients";
  EXPECT_THAT(h.app().live().backward()->error, testing::HasSubstr("the first layer alone"));
  h.click("backward/source");
  h.click("backward/source/0");
  h.settle();
  EXPECT_TRUE(h.has("maps/0"));
}

TEST(LayerGradients, OneLayerAloneHasTheGradientOfTheLearning) {
  Scene scene = default_scene();
  first_layer(scene).pool.options.kernel = {2, 2};
  scene.backward.source = GradientSource::kError;
  scene.look.backward = true;
  Gradients h(scene);
  h.expect_drawn(h.shown().input, *h.of(0).input);
  EXPECT_NE(h.app().live().backward()->request.training, nullptr);
  h.click("chain/pool 1");
  h.settle();
  EXPECT_TRUE(h.has("maps/notice"));
  EXPECT_FALSE(h.has("maps/0"));
}

TEST(LayerGradients, ALossBeforeReluHasNoGradientBehindIt) {
  Scene scene = backward_chain();
  convolution(scene.layers[1]).relu = true;
  scene.backward.source = GradientSource::kOutputCell;
  Gradients h(scene);
  h.click("chain/ReLU 2");
  h.settle();
  EXPECT_TRUE(h.has("maps/notice"));
  EXPECT_FALSE(h.has("maps/0"));
  h.click("chain/conv 2");
  h.settle();
  h.expect_drawn(h.shown().maps, *h.of(1).output);
  h.click(h.tile_cell("maps/0", 0, 1, h.of(1).output->shape()));
  h.settle();
  EXPECT_EQ(h.seed().cell, (Yx{0, 1}));
}

TEST(LayerGradients, TheChosenChannelsSumIsShownTermByTerm) {
  Gradients h(backward_chain());
  h.click("chain/conv 2");
  h.settle();
  h.click("layer/input/2");
  h.settle();
  EXPECT_EQ(h.shown().look.channel, 2);
  h.expect_drawn(h.shown().sum, *h.of(1).input, 2);
  h.point("sum/map", {1, 1}, h.of(1).input->shape());
  EXPECT_EQ(h.app().view().links.input, (Yx{1, 1}));
  EXPECT_TRUE(h.has("explanation/∂L/∂X[2][1, 1]"));
}

TEST(LayerGradients, WhatIsUnderThePointerIsCopied) {
  Gradients h(backward_chain());
  h.click("chain/conv 2");
  h.settle();
  const auto copied = [&] {
    h.key(Key::kC, true);
    return read_number_table(ImGui::GetClipboardText(), 64).tensor;
  };
  h.point("maps/0", {1, 1}, h.of(1).output->shape());
  const Shape& y = h.of(1).output->shape();
  EXPECT_EQ(copied(), Tensor({1, 1, y.h, y.w}, h.of(1).output->plane(0, 0)));
  h.point("layer/input/3", {1, 1}, h.of(1).input->shape());
  const Shape& x = h.of(1).input->shape();
  EXPECT_EQ(copied(), Tensor({1, 1, x.h, x.w}, h.of(1).input->plane(0, 3)));
}

TEST(LayerGradients, ASliceShowsTheGradientOfItsFilter) {
  const Scene scene = backward_chain();
  Gradients h(scene);
  h.click("chain/conv 2");
  h.settle();
  h.click("filters/1/3");
  h.settle();
  h.move(h.rect("layer/gradient/1/0").center());
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/∂L/∂W[1, 3, 1, 0]"));
  h.double_click("layer/gradient/1/0");
  h.frame(2);
  EXPECT_EQ(h.app().document().scene(), scene) << "gradients are not edited";
}

}  // namespace
}  // namespace convscope::program
