// The Layers page by mouse and keyboard; what it shows is compared with the plain twins.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/panels/clipboard.h"
#include "app/panels/gallery.h"
#include "app/panels/layer_facts.h"
#include "app/panels/layers_page.h"
#include "app/scene/layer_presets.h"
#include "app/scene/write_file.h"
#include "engine/conv2d_reference.h"
#include "engine/kernels.h"
#include "engine/relu.h"
#include "tests/engine/testing.h"
#include "tests/panels/app/app_harness.h"
#include "tests/scene/temp_folder.h"

namespace convscope {
namespace {

using ui::Key;

Scene colour_scene(Index pictures = 2, Index filters = 4) {
  Scene scene = default_scene();
  scene.input = noise_stack(pictures, 3, {12, 10}, 1);
  scene.kernel = random_layer(filters, 3, {3, 3}, 1);
  return scene;
}

// The same with a second layer, [*, 4, 5, 4] -> 2 filters of 2 x 2.
Scene chain_scene() {
  Scene scene = colour_scene();
  scene.pool.relu = true;
  scene.chain.resize(1);
  scene.chain[0].kernel = random_layer(2, 4, {2, 2}, 2);
  return scene;
}

class Layers : public AppHarness {
 public:
  explicit Layers(Scene scene, ImVec2 size = {1280, 720}, float font_scale = 1.0f)
      : AppHarness(size, std::move(scene), {.font_scale = font_scale, .page = Page::kLayers}) {
    settle();
  }
  const StageView& view() { return *app().stage_view(); }
  // The middle of a cell of a tile; rows and columns are those of its plane.
  ImVec2 tile_cell(const std::string& tile, Index y, Index x, const Shape& plane) {
    return cell(tile, y, x, plane.h, plane.w);
  }
};

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
  EXPECT_EQ(h.app().scene().input.tensor->shape(), (Shape{32, 3, 128, 128}));
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
  EXPECT_FALSE(h.app().scene().kernel.layer) << "kernel and padding are one step of undo";
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().scene().input.name, "edge");
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
  const Scene& scene = h.app().scene();
  const Tensor expected = reference::conv2d(*scene.input.tensor, scene.kernel.weight,
                                            scene.kernel.bias, Conv2dOptions{});
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
  EXPECT_EQ(h.app().view().planes.channel, 2);
  EXPECT_TRUE(h.has("sum/0"));
  EXPECT_TRUE(h.has("sum/2"));
  EXPECT_TRUE(h.has("sum/map"));
  const Tensor& terms = h.view().terms.cells;
  const float bias = h.app().scene().kernel.bias[2];
  for (Index y = 0; y < 10; ++y) {
    for (Index x = 0; x < 8; ++x) {
      const float sum = terms.at(0, 0, y, x) + terms.at(0, 1, y, x) + terms.at(0, 2, y, x) + bias;
      EXPECT_NEAR(sum, h.app().results()->output->at(0, 2, y, x), 1e-5f);
    }
  }
}

TEST(LayersPage, ASliceOfAFilterIsChosenAndEditedInPlace) {
  Layers h(colour_scene());
  h.click("filters/3/1");
  h.settle();
  EXPECT_EQ(h.app().view().planes.channel, 3);
  EXPECT_EQ(h.app().view().planes.input_channel, 1);
  const Tensor before = h.app().scene().kernel.weight;
  h.enter("layer/weight/0/2", "0.5");
  Tensor expected = before;
  expected.at(3, 1, 0, 2) = 0.5f;
  EXPECT_EQ(h.app().scene().kernel.weight, expected);
  EXPECT_EQ(h.app().results()->weight, expected);
  h.enter("layer/bias", "2");
  EXPECT_EQ(h.app().scene().kernel.bias[3], 2.0f);
  h.key(Key::kZ, true);
  h.key(Key::kZ, true);
  EXPECT_EQ(h.app().scene().kernel.weight, before);
}

TEST(LayersPage, OneKernelBecomesALayerAndBack) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 3, {6, 8}, 1);
  Layers h(scene);
  EXPECT_EQ(h.view().maps.shape.c, 3);
  EXPECT_EQ(layer_facts(h.view()).parameters, "1·1·1·2 + 1 = 3, shared by 3 channels");
  h.click("layer/kind/1");
  h.settle();
  EXPECT_EQ(h.app().scene().kernel.weight.shape(), (Shape{1, 3, 1, 2}));
  EXPECT_EQ(h.view().maps.shape.c, 1);
  h.enter("layer/filters", "5");
  EXPECT_EQ(h.app().scene().kernel.weight.shape(), (Shape{5, 3, 1, 2}));
  EXPECT_EQ(h.view().maps.shape.c, 5);
  h.click("layer/kind/0");
  h.settle();
  EXPECT_EQ(h.app().scene().kernel.weight, Tensor::from_rows({{1, -1}}));
}

TEST(LayersPage, GroupsDivideTheChannels) {
  Scene scene = default_scene();
  scene.input = noise_stack(1, 4, {6, 6}, 1);
  scene.kernel = random_layer(6, 4, {3, 3}, 1);
  Layers h(scene);
  h.click("layer/groups");
  h.click("layer/groups/1");
  h.settle();
  EXPECT_EQ(h.app().scene().conv.groups, 2);
  EXPECT_EQ(h.app().scene().kernel.weight.shape(), (Shape{6, 2, 3, 3}));
  h.click("maps/5");
  h.settle();
  EXPECT_EQ(h.view().first_channel, 2);
  EXPECT_EQ(h.view().terms.shape.c, 2);
  // A map's cell lights up in the channels of its group only.
  const Shape& plane = h.view().maps.shape;
  h.move(h.tile_cell("maps/5", 1, 1, plane));
  EXPECT_EQ(h.app().links(), (Links{.output = Yx{1, 1}}));
}

TEST(LayersPage, AChainIsBuiltAndTakenApartWithUndo) {
  Layers h(colour_scene());
  const Scene start = h.app().scene();
  h.click("chain/relu");
  h.settle();
  EXPECT_TRUE(h.app().scene().pool.relu);
  h.click("chain/add");
  h.settle();
  ASSERT_EQ(h.app().scene().chain.size(), 1u);
  EXPECT_EQ(h.app().scene().chain[0].kernel.weight.shape(), (Shape{4, 4, 3, 3}));
  // The new layer is shown: its input is what the pooling before gives.
  EXPECT_EQ(h.view().request.stage, (LayerStage{1, StagePart::kOutput}));
  EXPECT_EQ(*h.view().results->input, h.app().results()->pooled->output);
  EXPECT_EQ(layer_facts(h.view()).chain, "260 parameters");  // 4·3·9 + 4 + 4·4·9 + 4

  h.click("chain/pool");
  h.settle();
  EXPECT_TRUE(h.app().scene().chain[0].pooled);
  h.click("chain/pool 2");
  h.settle();
  EXPECT_EQ(h.view().maps.shape.h, 1);  // 12 - 2 pooled, 5 - 2, pooled
  const Scene built = h.app().scene();
  h.click("chain/remove");
  h.settle();
  EXPECT_TRUE(h.app().scene().chain.empty());
  EXPECT_EQ(h.view().request.stage.layer, 0u);
  for (int i = 0; i < 4; ++i)
    h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.app().scene(), start);
  for (int i = 0; i < 3; ++i)
    h.key(Key::kZ, true, true);
  h.settle();
  EXPECT_EQ(h.app().scene(), built);
}

TEST(LayersPage, ALaterLayerIsEditedWithTheSameControls) {
  Layers h(chain_scene());
  h.click("chain/conv 2");
  h.settle();
  h.enter("conv/stride/y", "2");
  h.enter("layer/filters", "3");
  h.click("filters/2/1");
  h.settle();
  h.enter("layer/weight/1/0", "0.25");
  const LayerScene& layer = h.app().scene().chain[0];
  EXPECT_EQ(layer.conv.stride, (Yx{2, 1}));
  EXPECT_EQ(layer.kernel.weight.shape(), (Shape{3, 4, 2, 2}));
  EXPECT_EQ(layer.kernel.weight.at(2, 1, 1, 0), 0.25f);
  EXPECT_EQ(h.app().scene().kernel, chain_scene().kernel) << "the first layer stays as it is";
  EXPECT_EQ(h.app().view().planes.channel, 0) << "and so does what the Kernel page shows";
  EXPECT_EQ(h.view().channel, 2);
  const Tensor activated =
      relu(reference::conv2d(*h.app().scene().input.tensor, h.app().scene().kernel.weight,
                             h.app().scene().kernel.bias, {}));
  EXPECT_EQ(h.app().results()->activated->shape(), activated.shape());
  EXPECT_LT(difference(*h.app().results()->activated, activated), 1e-5);
}

TEST(LayersPage, AChannelCellReachesMapsAndAMapsCellSeesTheScenesInput) {
  Layers h(chain_scene());
  h.click("chain/conv 2");
  h.settle();
  const Shape plane = h.view().maps.shape;
  h.move(h.tile_cell("maps/1", 2, 1, plane));
  EXPECT_EQ(h.app().links(), (Links{.output = Yx{2, 1}}));
  // 3 x 3, pooled by 2, 2 x 2: rows 4 to 9, columns 2 to 7.
  EXPECT_EQ(chained_receptive_field(h.view().steps, {2, 1}).bounds(),
            (CellGrid{{4, 2}, {1, 1}, {6, 6}}));
  h.move(h.tile_cell("layer/input/3", 1, 2, h.view().input.shape));
  EXPECT_EQ(h.app().links(), (Links{.input = Yx{1, 2}}));
  h.move(h.rect("layer/weight/1/1").center());
  EXPECT_EQ(h.app().links(), (Links{.weight = Yx{1, 1}}));
}

TEST(LayersPage, WhatIsUnderThePointerIsCopied) {
  Layers h(chain_scene());
  const auto copied = [&] {
    h.key(Key::kC, true);
    return parse_rows(ImGui::GetClipboardText(), 64);
  };
  const auto plane = [](const Tensor& tensor, Index c) {
    return Tensor({1, 1, tensor.shape().h, tensor.shape().w}, tensor.plane(0, c));
  };
  h.click("chain/conv 2");
  h.settle();
  const Results& results = *h.app().results();
  h.move(h.tile_cell("layer/input/3", 1, 2, h.view().input.shape));
  EXPECT_EQ(copied(), plane(results.pooled->output, 3));
  h.move(h.tile_cell("maps/1", 2, 1, h.view().maps.shape));
  EXPECT_EQ(copied(), plane(*results.chain[0].output, 1));
  h.move(h.rect("layer/weight/1/1").center());
  ImGui::SetClipboardText("1 2\n3 4");
  h.key(Key::kV, true);
  h.settle();
  const Tensor& weight = h.app().scene().chain[0].kernel.weight;
  EXPECT_EQ(Tensor({1, 1, 2, 2}, weight.plane(0, 0)), Tensor::from_rows({{1, 2}, {3, 4}}));
  EXPECT_EQ(h.app().scene().kernel, chain_scene().kernel);
}

TEST(LayersPage, AGalleryTakesAsLargePicturesAsItCan) {
  // 4 squares in 200 x 200 with labels of 20: two rows of two.
  const GalleryGrid four = gallery_grid(4, 1.0f, {200, 200}, 20, 0, 50, 10);
  EXPECT_EQ(four.columns, 2);
  EXPECT_EQ(four.width, 80.0f);
  EXPECT_FALSE(four.scrolls);
  // 100 of them would be specks: it scrolls, and none is smaller than 50.
  const GalleryGrid many = gallery_grid(100, 1.0f, {200, 200}, 20, 0, 50, 10);
  EXPECT_TRUE(many.scrolls);
  EXPECT_EQ(many.columns, 3);
  EXPECT_GE(many.width, 50.0f);
}

TEST(LayersPage, OnlyWhatIsSeenOfManyMapsIsDrawn) {
  Scene scene = default_scene();
  scene.input = noise_stack(2, 16, {20, 20}, 1);
  scene.kernel = random_layer(256, 16, {1, 1}, 1);
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

TEST(Stack, PicturesAreAddedSteppedThroughAndRemoved) {
  Layers h(default_scene());
  EXPECT_FALSE(h.has("stack/picture/next"));
  h.click("stack/add");
  h.click("stack/add/2");  // the first pattern
  h.settle();
  ASSERT_EQ(h.app().scene().input.tensor->shape(), (Shape{2, 1, 6, 8}));
  EXPECT_EQ(h.app().view().planes.sample, 1) << "the new one is shown";
  h.click("stack/add");
  h.click("stack/add/0");  // a copy of it
  h.settle();
  EXPECT_EQ(h.app().scene().input.tensor->shape().n, 3);
  h.click("stack/picture/previous");
  h.click("stack/picture/previous");
  EXPECT_EQ(h.app().view().planes.sample, 0);
  const Tensor three = *h.app().scene().input.tensor;
  h.click("stack/remove");
  h.settle();
  EXPECT_EQ(*h.app().scene().input.tensor, without_picture(three, 0));
  h.key(Key::kZ, true);
  EXPECT_EQ(*h.app().scene().input.tensor, three);
}

TEST(Stack, SeveralDroppedPicturesAreOne) {
  const TempFolder folder;
  std::vector<std::filesystem::path> paths;
  for (int i = 0; i < 3; ++i) {
    const auto grey = static_cast<std::uint8_t>(50 * i);
    const std::vector<std::uint8_t> rgba = {grey, grey, grey, 255, 255, 255, 255, 255};
    paths.push_back(folder / (std::to_string(i) + ".png"));
    write_png(paths.back(), rgba, 2, 1);
  }
  AppHarness h;
  h.app().drop(paths);
  h.settle();
  ASSERT_EQ(h.app().scene().input.tensor->shape(), (Shape{3, 1, 1, 2}));
  EXPECT_FLOAT_EQ(h.app().scene().input.tensor->at(2, 0, 0, 0), 100.0f / 255.0f);
  // The Kernel page steps through them too.
  h.click("input/picture/next");
  h.settle();
  EXPECT_EQ(h.app().view().planes.sample, 1);
}

TEST(Stack, APictureIsAddedByTheDialog) {
  const TempFolder folder;
  const std::vector<std::uint8_t> rgba(4 * 48, 255);
  write_png(folder / "white.png", rgba, 8, 6);
  Layers h(default_scene());
  h.click("stack/add");
  h.click("stack/add/1");
  h.frame(3);
  h.click("open/path");
  h.key(Key::kA, true);
  h.type(folder / "white.png");
  h.key(Key::kEnter);
  h.settle();
  ASSERT_EQ(h.app().scene().input.tensor->shape(), (Shape{2, 1, 6, 8}));
  EXPECT_EQ(h.app().scene().input.tensor->at(0, 0, 0, 2), 0.0f) << "the edge input stays";
  EXPECT_EQ(h.app().scene().input.tensor->at(1, 0, 0, 2), 1.0f);
  EXPECT_EQ(h.app().view().planes.sample, 1) << "the new one is shown";
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
  const std::vector<std::pair<std::string, std::vector<std::string>>> cards = {
      {"card/layer-input", {"stack/", "layer/input"}},
      {"card/layer-filters", {"layer/weight", "layer/kind", "layer/size", "layer/fill"}},
      {"card/layer-maps", {"maps/"}},
      {"card/layer-chain", {"chain/", "conv/"}},
      {"card/layer-sum", {}},
      {"card/layer-facts", {"facts/"}},
      {"explanation", {}}};
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const auto a = h.rect(cards[i].first);
    EXPECT_GE(a.min.x, 0.0f) << cards[i].first;
    EXPECT_LE(a.max.x, display.size.x) << cards[i].first;
    for (std::size_t j = i + 1; j < cards.size(); ++j) {
      const auto b = h.rect(cards[j].first);
      const bool apart =
          a.max.x <= b.min.x || b.max.x <= a.min.x || a.max.y <= b.min.y || b.max.y <= a.min.y;
      EXPECT_TRUE(apart) << cards[i].first << " and " << cards[j].first;
    }
    if (a.min.y > display.size.y) continue;  // scrolled out of sight: laid out when it comes
    for (const auto& [name, rect] : h.app().items().all()) {
      const bool inside = std::ranges::any_of(
          cards[i].second, [&](const std::string& prefix) { return name.rfind(prefix, 0) == 0; });
      if (!inside) continue;
      EXPECT_GE(rect.min.x, a.min.x - 0.5f) << name;
      EXPECT_LE(rect.max.x, a.max.x + 0.5f) << name;
      EXPECT_GE(rect.min.y, a.min.y - 0.5f) << name;
      EXPECT_LE(rect.max.y, a.max.y + 0.5f) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Window, LayerItems,
                         testing::Values(Display{{1280, 720}, 1.0f}, Display{{1920, 1080}, 1.0f},
                                         Display{{1920, 1080}, 1.4f}, Display{{3840, 2160}, 2.0f},
                                         Display{{1024, 768}, 1.0f}, Display{{640, 480}, 1.0f},
                                         Display{{1280, 720}, 3.0f}));

TEST(LayersPage, FillsTheTwoCommonSizesWithoutScrolling) {
  EXPECT_LE(layout_layers(1280, 720, 1.0f).content_height, 720.0f);
  EXPECT_LE(layout_layers(1920, 1080, 1.0f).content_height, 1080.0f);
}

}  // namespace
}  // namespace convscope
