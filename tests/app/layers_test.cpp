// The Layers page by mouse and keyboard; what it shows is compared with the plain twins.
#include <gtest/gtest.h>

#include <utility>

#include "app/panels/layers_page/gallery.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/program/view/layer_facts.h"
#include "engine/explain/channel_sum.h"
#include "engine/explain/explain_sum.h"
#include "engine/kernel_info/kernels.h"
#include "engine/ops/conv2d_reference.h"
#include "tests/app/cards_apart.h"
#include "tests/app/layers_fixture.h"
#include "tests/engine/testing.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(LayersPage, IsReachedByTheTopBarAndByItsKey) {
  AppHarness h;
  EXPECT_FALSE(h.has("card/layer-maps"));
  h.click("top/page/1");
  h.settle();
  EXPECT_TRUE(h.has("card/layer-maps"));
  EXPECT_FALSE(h.has("card/output"));
  h.key(Key::kL);
  EXPECT_TRUE(h.has("card/output"));
  h.key(Key::kL);
  h.settle();
  EXPECT_TRUE(h.has("maps/0"));
}

TEST(LayersPage, TheNotebooksBatchAndLayer) {
  Layers h(default_scene());
  h.click("stack/fill");
  h.click("stack/fill/0");
  h.settle();
  EXPECT_EQ(h.app().document().scene().input.tensor->shape(), (Shape{32, 3, 128, 128}));
  h.click("layer/fill");
  h.click("layer/fill/2");
  h.settle();
  const LayerFacts facts = layer_facts(h.view());
  EXPECT_EQ(facts.shapes, "[32, 3, 128, 128] → [32, 7, 124, 124]");
  EXPECT_EQ(facts.parameters, "7·3·5·5 + 7 = 532");
  EXPECT_EQ(facts.multiply_adds, "32·7·124·124 · 3·5·5 = 258 316 800");
  EXPECT_EQ(facts.linear, "49 152·107 632 + 107 632 = 5 290 435 696");
  for (const char* fact : {"shapes", "parameters", "multiply-adds", "linear"})
    EXPECT_TRUE(h.has(std::string("facts/") + fact)) << fact;
  for (int map = 0; map < 7; ++map)
    EXPECT_TRUE(h.has("maps/" + std::to_string(map))) << map;
  h.key(Key::kZ, true);
  h.settle();
  EXPECT_FALSE(first_layer(h.app().document().scene()).kernel.layer)
      << "kernel and padding are one step of undo";
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().document().scene().input.name, "edge");
}

TEST(LayersPage, WithPaddingTheSizeStays) {
  Layers h(colour_scene(1));
  h.click("layer/fill");
  h.click("layer/fill/3");
  h.settle();
  EXPECT_EQ(layer_facts(h.view()).shapes, "[1, 3, 12, 10] → [1, 7, 12, 10]");
}

TEST(LayersPage, MapsAreThoseOfThePlainTwin) {
  Layers h(colour_scene());
  const Scene& scene = h.app().document().scene();
  const Tensor expected = reference::conv2d(*scene.input.tensor, first_layer(scene).kernel.weight,
                                            first_layer(scene).kernel.bias, Conv2dOptions{});
  ASSERT_EQ(h.view().maps.shape.c, 4);
  for (Index c = 0; c < 4; ++c) {
    for (std::size_t i = 0; i < expected.plane(0, c).size(); ++i)
      EXPECT_NEAR(h.view().maps.cells.plane(0, c)[i], expected.plane(0, c)[i], 1e-5f);
  }
  h.click("stack/picture/next");
  h.settle();
  for (std::size_t i = 0; i < expected.plane(1, 3).size(); ++i)
    EXPECT_NEAR(h.view().maps.cells.plane(0, 3)[i], expected.plane(1, 3)[i], 1e-5f);
}

TEST(LayersPage, AClickOnAMapShowsItsSumAndTheKernelPageItsChannel) {
  Layers h(colour_scene());
  h.click("maps/2");
  h.settle();
  EXPECT_EQ(h.view().channel, 2);
  EXPECT_EQ(h.app().view().settings.planes.channel, 2);
  EXPECT_TRUE(h.has("sum/0"));
  EXPECT_TRUE(h.has("sum/2"));
  EXPECT_TRUE(h.has("sum/map"));
  const Tensor& terms = h.view().terms.cells;
  const float bias = first_layer(h.app().document().scene()).kernel.bias[2];
  for (Index y = 0; y < 10; ++y) {
    for (Index x = 0; x < 8; ++x) {
      const float sum = terms.at(0, 0, y, x) + terms.at(0, 1, y, x) + terms.at(0, 2, y, x) + bias;
      EXPECT_NEAR(sum, h.app().live().results()->layers[0].output->at(0, 2, y, x), 1e-5f);
    }
  }
}

TEST(LayersPage, ASliceOfAFilterIsChosenAndEditedInPlace) {
  Layers h(colour_scene());
  h.click("filters/3/1");
  h.settle();
  EXPECT_EQ(h.app().view().settings.planes.channel, 3);
  EXPECT_EQ(h.app().view().settings.planes.input_channel, 1);
  const Tensor before = first_layer(h.app().document().scene()).kernel.weight;
  h.enter("layer/weight/0/2", "0.5");
  Tensor expected = before;
  expected.at(3, 1, 0, 2) = 0.5f;
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, expected);
  EXPECT_EQ(h.app().live().results()->layers[0].weight, expected);
  h.enter("layer/bias", "2");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.bias[3], 2.0f);
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, before);
}

TEST(LayersPage, TheStripNamesAllIndicesAndAllThreeChannels) {
  Layers h(colour_scene(1, 7));
  h.move(h.rect("layer/weight/1/2").center());
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/W[0, 0, 1, 2]"));
  h.move(h.tile_cell("maps/3", 2, 1, h.view().maps.shape));
  h.frame(2);
  const LayerResults& layer = h.app().live().results()->layers[0];
  const CellSum sum =
      explain_output(*layer.input, layer.weight, layer.bias, layer.options, 0, 3, {2, 1});
  const auto name = [](Index channel) { return std::string(1, "RGB"[channel]); };
  EXPECT_TRUE(h.has("explanation/" + channel_formula(sum, 3, 3, name)))
      << channel_formula(sum, 3, 3, name);
  h.move(h.tile_cell("layer/input/1", 5, 5, {1, 1, 12, 10}));
  h.frame(2);
  EXPECT_TRUE(h.has("explanation/X[1][5, 5]"));
  bool counted = false;
  for (const auto& [item, rect] : h.app().surface().items().all())
    counted |= item.find("reaches 9 cells in each of 7 maps") != std::string::npos;
  EXPECT_TRUE(counted);
}

TEST(LayersPage, WhereEachChannelIsAloneNothingIsSummedOverChannels) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 3, {6, 8}, 1);
  Layers h(scene);
  EXPECT_TRUE(h.has("sum/alone"));
  EXPECT_FALSE(h.has("sum/over-channels"));
  h.click("layer/kind/1");
  h.settle();
  EXPECT_TRUE(h.has("sum/over-channels"));
  EXPECT_FALSE(h.has("sum/alone"));
}

TEST(LayersPage, OneKernelBecomesALayerAndBack) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 3, {6, 8}, 1);
  Layers h(scene);
  EXPECT_EQ(h.view().maps.shape.c, 3);
  EXPECT_EQ(layer_facts(h.view()).parameters, "1·1·1·2 + 1 = 3, shared by 3 channels");
  h.click("layer/kind/1");
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.shape(), (Shape{1, 3, 1, 2}));
  EXPECT_EQ(h.view().maps.shape.c, 1);
  h.enter("layer/filters", "5");
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.shape(), (Shape{5, 3, 1, 2}));
  EXPECT_EQ(h.view().maps.shape.c, 5);
  h.click("layer/kind/0");
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, Tensor::from_rows({{1, -1}}));
}

TEST(LayersPage, GroupsDivideTheChannels) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 4, {6, 6}, 1);
  first_layer(scene).kernel = random_layer(6, 4, {3, 3}, 1);
  Layers h(scene);
  h.click("layer/groups");
  h.click("layer/groups/1");
  h.settle();
  EXPECT_EQ(first_layer(h.app().document().scene()).conv.groups, 2);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight.shape(), (Shape{6, 2, 3, 3}));
  h.click("maps/5");
  h.settle();
  EXPECT_EQ(h.view().first_channel, 2);
  EXPECT_EQ(h.view().terms.shape.c, 2);
  // A map's cell lights up in the channels of its group only.
  const Shape& plane = h.view().maps.shape;
  h.move(h.tile_cell("maps/5", 1, 1, plane));
  EXPECT_EQ(h.app().view().links, (Links{.output = Yx{1, 1}}));
}

TEST(LayersPage, AGalleryTakesAsLargePicturesAsItCan) {
  // 4 squares in 200 x 200 with labels of 20: two rows of two.
  const GalleryGrid four = gallery_grid(4, 1.0f, {200, 200}, 20, 0, 50, 10);
  EXPECT_EQ(four.columns, 2);
  EXPECT_EQ(four.width, 80.0f);
  EXPECT_FALSE(four.scrolls);
  // 100 of them would be specks: it scrolls, and none is smaller than 50.
  const GalleryGrid low = gallery_grid(2, 1.0f, {200, 60}, 20, 0, 50, 10);
  EXPECT_FALSE(low.scrolls) << "whole pictures in one low row";
  EXPECT_EQ(low.height, 40.0f);
  const GalleryGrid many = gallery_grid(100, 1.0f, {200, 200}, 20, 0, 50, 10);
  EXPECT_TRUE(many.scrolls);
  EXPECT_EQ(many.columns, 3);
  EXPECT_GE(many.width, 50.0f);
}

TEST(LayersPage, OnlyWhatIsSeenOfManyMapsIsDrawn) {
  Scene scene = default_scene();
  scene.input = noise_stack(2, 16, {20, 20}, 1);
  first_layer(scene).kernel = random_layer(256, 16, {1, 1}, 1);
  Layers h(scene);
  EXPECT_TRUE(h.has("maps/0"));
  EXPECT_FALSE(h.has("maps/255"));
  EXPECT_TRUE(h.has("filters/0/15"));
  EXPECT_FALSE(h.has("filters/255/0"));
  h.wheel("maps", -200.0f);
  h.frame(3);
  EXPECT_TRUE(h.has("maps/255"));
  EXPECT_FALSE(h.has("maps/0"));
}

// Changes a weight until what it gives is there.
class Drag {
 public:
  explicit Drag(Layers& window)
      : h_(window), kernel_(first_layer(window.app().document().scene()).kernel) {}

  ResultsPtr next() {
    const ResultsPtr before = h_.app().live().results();
    kernel_.weight.at(0, 0, 1, 1) += 1e-4f;
    h_.app().perform(Edit{LayerEdit{0, kernel_}, std::exchange(continues_, true)});
    frames_until([&] { return h_.app().live().results() != before; });
    return h_.app().live().results();
  }
  // Draws frames until it is there; what is not when nothing is computed any more never comes. A
  // frame shows what was finished before it.
  template <typename Condition>
  void frames_until(const Condition& there) {
    h_.frame();
    for (bool computed = true; computed && !there();) {
      computed = h_.app().animating();
      h_.frame();
    }
    EXPECT_TRUE(there()) << "nothing is computed any more";
  }

 private:
  Layers& h_;
  KernelScene kernel_;
  bool continues_ = false;
};

// Pictures of the planes take longer to make than results come, and are not given up for these.
TEST(LayersPage, FollowsADragWhileItGoesOn) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 3, {1000, 1000}, 1);
  first_layer(scene).kernel = random_layer(16, 3, {3, 3}, 1);
  Layers h(scene);
  Drag drag(h);
  constexpr int kRounds = 12;
  int shown = 0;
  for (int i = 0; i < kRounds && !HasFailure(); ++i) {
    const ResultsPtr first = drag.next();
    drag.next();
    bool first_shown = false;
    drag.frames_until([&] {
      first_shown = first_shown || h.view().request.results == first;
      return h.view().request.results == h.app().live().results();
    });
    shown += first_shown;
  }
  EXPECT_GE(shown, kRounds / 2);
}

struct Display {
  ImVec2 size;
  float font_scale;
};

class LayerItems : public testing::TestWithParam<Display> {};

TEST_P(LayerItems, NothingIsCutOffAndNoCardsOverlap) {
  const Display& display = GetParam();
  Scene scene = chain_scene();
  Layers h(scene, display.size, display.font_scale);
  for (const Card selected :
       {Card::kLayerInput, Card::kFilters, Card::kMaps, Card::kChain, Card::kSum, Card::kFacts}) {
    h.app().perform(SelectCard{selected});
    h.frame(3);
    expect_cards_apart(h,
                       {"inspector", "card/layer-input", "card/layer-filters", "card/layer-maps",
                        "card/layer-chain", "explanation", "card/layer-sum", "card/layer-facts"},
                       display.size.x);
    const std::pair<const char*, const char*> prefixes[] = {
        {"stack/", "card/layer-input"},       {"layer/input", "card/layer-input"},
        {"maps", "card/layer-maps"},          {"layer/weight", "card/layer-filters"},
        {"layer/kind", "card/layer-filters"}, {"layer/size", "card/layer-filters"},
        {"layer/fill", "card/layer-filters"}, {"maps/", "card/layer-maps"},
        {"chain/", "card/layer-chain"},       {"conv/", "card/layer-chain"},
        {"facts/", "card/layer-facts"}};
    for (const auto& [name, rect] : h.app().surface().items().all()) {
      if (name == "maps/tabs" || name.rfind("maps/tabs/", 0) == 0) continue;
      // Galleries scroll where they are low: their tiles may be out of sight.
      const bool tile = name.rfind("maps/", 0) == 0 || name.rfind("layer/input/", 0) == 0;
      if (tile && name.find("range") == name.npos) continue;
      if (name.rfind("chain/", 0) == 0 && name.find(' ') != name.npos)
        continue;  // as the list does
      for (const auto& [prefix, card] : prefixes) {
        if (name.rfind(prefix, 0) != 0) continue;
        EXPECT_TRUE(lies_within(h, rect, card) || lies_within(h, rect, "inspector")) << name;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Window, LayerItems,
                         testing::Values(Display{{1280, 720}, 1.0f}, Display{{1920, 1080}, 1.0f},
                                         Display{{1920, 1080}, 1.4f}, Display{{3840, 2160}, 2.0f},
                                         Display{{1024, 768}, 1.0f}, Display{{640, 480}, 1.0f},
                                         Display{{1280, 720}, 3.0f}));

}  // namespace
}  // namespace convscope::program