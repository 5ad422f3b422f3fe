// A chain of layers on the Layers page.
#include <gtest/gtest.h>

#include "app/files/arrays/number_table.h"
#include "app/panels/layers_page/layers_page.h"
#include "app/program/view/layer_facts.h"
#include "engine/ops/conv2d_reference.h"
#include "engine/ops/relu.h"
#include "tests/app/layers_fixture.h"
#include "tests/engine/testing.h"

namespace convscope::program {
namespace {

using ui::Key;

TEST(LayersPage, AChainIsBuiltAndTakenApartWithUndo) {
  Layers h(colour_scene());
  const Scene start = h.app().document().scene();
  h.click("chain/relu");
  h.settle();
  EXPECT_TRUE(first_layer(h.app().document().scene()).relu);
  h.click("chain/add");
  h.settle();
  ASSERT_EQ(h.app().document().scene().layers.size(), 2u);
  EXPECT_EQ(convolution(h.app().document().scene().layers[1]).kernel.weight.shape(),
            (Shape{4, 4, 3, 3}));
  // The new layer is shown: its input is what the pooling before gives.
  EXPECT_EQ(h.view().request.stage, (LayerStage{1, StagePart::kOutput}));
  EXPECT_EQ(*h.view().layer().input, h.app().live().results()->layers[0].pooled->output);
  EXPECT_EQ(layer_facts(h.view()).chain, "260 parameters");  // 4·3·9 + 4 + 4·4·9 + 4

  h.click("chain/pool");
  h.settle();
  EXPECT_TRUE(convolution(h.app().document().scene().layers[1]).pooled);
  h.click("chain/pool 2");
  h.settle();
  EXPECT_EQ(h.view().maps.shape.h, 1);  // 12 - 2 pooled, 5 - 2, pooled
  const Scene built = h.app().document().scene();
  h.click("chain/remove");
  h.settle();
  EXPECT_EQ(h.app().document().scene().layers.size(), 1u);
  EXPECT_EQ(h.view().request.stage.layer, 0u);
  for (int i = 0; i < 4; ++i)
    h.key(Key::kZ, true);
  h.settle();
  EXPECT_EQ(h.app().document().scene(), start);
  for (int i = 0; i < 3; ++i)
    h.key(Key::kZ, true, true);
  h.settle();
  EXPECT_EQ(h.app().document().scene(), built);
}

TEST(LayersPage, LayersWhosePlanesNobodyChoseAreRemovedAndFollowed) {
  Scene scene = chain_scene();
  scene.layers.push_back(scene.layers.back());
  convolution(scene.layers[2]).kernel =
      random_layer(2, convolution(scene.layers[1]).kernel.weight.shape().n, {1, 1}, 7);
  Layers h(scene);
  h.click("chain/conv 2");
  h.settle();
  h.click("chain/remove");
  h.settle();
  EXPECT_EQ(h.app().document().scene().layers.size(), 2u);
  h.key(Key::kZ, true);
  h.settle();
  h.click("chain/conv 3");
  h.settle();
  h.click("chain/add");
  h.settle();
  EXPECT_EQ(h.app().document().scene().layers.size(), 4u);
  EXPECT_EQ(h.view().request.stage, (LayerStage{3, StagePart::kOutput}));
  // The map that is chosen of the last layer stays its own where one is removed before it.
  h.click("maps/2");
  h.settle();
  EXPECT_EQ(layer_planes(h.app().view(), 3).channel, 2);
  h.click("chain/conv 2");
  h.settle();
  h.click("chain/remove");
  h.settle();
  EXPECT_EQ(layer_planes(h.app().view(), 2).channel, 2);
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
  const ConvolutionLayer& layer = convolution(h.app().document().scene().layers[1]);
  EXPECT_EQ(layer.conv.stride, (Yx{2, 1}));
  EXPECT_EQ(layer.kernel.weight.shape(), (Shape{3, 4, 2, 2}));
  EXPECT_EQ(layer.kernel.weight.at(2, 1, 1, 0), 0.25f);
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel, first_layer(chain_scene()).kernel)
      << "the first layer stays as it is";
  EXPECT_EQ(h.app().view().settings.planes.channel, 0) << "and so does what the Kernel page shows";
  EXPECT_EQ(h.view().channel, 2);
  const Tensor activated =
      relu(reference::conv2d(*h.app().document().scene().input.tensor,
                             first_layer(h.app().document().scene()).kernel.weight,
                             first_layer(h.app().document().scene()).kernel.bias, {}));
  EXPECT_EQ(h.app().live().results()->layers[0].activated->shape(), activated.shape());
  EXPECT_LT(difference(*h.app().live().results()->layers[0].activated, activated), 1e-5);
}

TEST(LayersPage, AChannelCellReachesMapsAndAMapsCellSeesTheScenesInput) {
  Layers h(chain_scene());
  h.key(Key::kT);  // the pictures have all of the height
  h.click("chain/conv 2");
  h.settle();
  const Shape plane = h.view().maps.shape;
  h.move(h.tile_cell("maps/1", 2, 1, plane));
  EXPECT_EQ(h.app().view().links, (Links{.output = Yx{2, 1}}));
  // 3 x 3, pooled by 2, 2 x 2: rows 4 to 9, columns 2 to 7.
  EXPECT_EQ(chained_receptive_field(h.view().steps, {2, 1}).bounds(),
            (CellGrid{{4, 2}, {1, 1}, {6, 6}}));
  h.move(h.tile_cell("layer/input/3", 1, 2, h.view().input.shape));
  EXPECT_EQ(h.app().view().links, (Links{.input = Yx{1, 2}}));
  h.move(h.rect("layer/weight/1/1").center());
  EXPECT_EQ(h.app().view().links, (Links{.weight = Yx{1, 1}}));
}

TEST(LayersPage, WhatIsUnderThePointerIsCopied) {
  Layers h(chain_scene());
  const auto copied = [&] {
    h.key(Key::kC, true);
    return read_number_table(ImGui::GetClipboardText(), 64).tensor;
  };
  const auto plane = [](const Tensor& tensor, Index c) {
    return Tensor({1, 1, tensor.shape().h, tensor.shape().w}, tensor.plane(0, c));
  };
  h.key(Key::kT);  // the pictures have all of the height
  h.click("chain/conv 2");
  h.settle();
  const Results& results = *h.app().live().results();
  h.move(h.tile_cell("layer/input/3", 1, 2, h.view().input.shape));
  EXPECT_EQ(copied(), plane(results.layers[0].pooled->output, 3));
  h.move(h.tile_cell("maps/1", 2, 1, h.view().maps.shape));
  EXPECT_EQ(copied(), plane(*results.layers[1].output, 1));
  h.move(h.rect("layer/weight/1/1").center());
  ImGui::SetClipboardText("1 2\n3 4");
  h.key(Key::kV, true);
  h.settle();
  const Tensor& weight = convolution(h.app().document().scene().layers[1]).kernel.weight;
  EXPECT_EQ(Tensor({1, 1, 2, 2}, weight.plane(0, 0)), Tensor::from_rows({{1, 2}, {3, 4}}));
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel, first_layer(chain_scene()).kernel);
}

}  // namespace
}  // namespace convscope::program
