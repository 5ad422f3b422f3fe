// Edits of one layer of several.
#include "app/scene/edit.h"

#include <gtest/gtest.h>

#include <utility>

#include "app/scene/history.h"
#include "app/scene/layer_presets.h"

namespace convscope::scene {
namespace {

// 1 channel -> 3 filters -> 2 filters -> 4 filters.
Scene three_layers() {
  Scene scene = default_scene();
  first_layer(scene).kernel = random_layer(3, 1, {2, 2}, 1);
  for (const auto& [filters, channels] : {std::pair{2, 3}, {4, 2}}) {
    ConvolutionLayer layer;
    layer.kernel = random_layer(filters, channels, {2, 2}, 2);
    scene.layers.push_back({std::move(layer)});
  }
  fit_channels(scene);
  return scene;
}

TEST(LayerEdit, ReplacesOnePartOfTheLayerThatItNames) {
  const Scene before = three_layers();
  Scene scene = before;
  ConvScene conv;
  conv.stride = {2, 1};
  KernelScene kernel = convolution(scene.layers[2]).kernel;
  kernel.bias[3] = 3.0f;
  PoolingScene pool;
  pool.options.kernel = {3, 1};
  apply(scene, {LayerEdit{2, conv}});
  apply(scene, {LayerEdit{2, kernel}});
  apply(scene, {LayerEdit{2, pool}});
  EXPECT_EQ(scene.layers[0], before.layers[0]);
  EXPECT_EQ(scene.layers[1], before.layers[1]);
  EXPECT_EQ(convolution(scene.layers[2]), (ConvolutionLayer{kernel, conv, false, false, pool}));
  EXPECT_EQ(scene.learning, before.learning);
}

TEST(LayerEdit, ReplacesAWholeLayerAndThoseAfterItTakeItsChannels) {
  Scene scene = three_layers();
  ConvolutionLayer wide = convolution(scene.layers[1]);
  wide.kernel = random_layer(5, 3, {1, 1}, 7);
  wide.relu = true;
  apply(scene, {LayerEdit{1, LayerScene{wide}}});
  EXPECT_EQ(convolution(scene.layers[1]), wide);
  EXPECT_EQ(convolution(scene.layers[2]).kernel.weight.shape(), (Shape{4, 5, 2, 2}));
}

TEST(LayerEdit, OfALayerThatIsNoLongerThereChangesNothing) {
  const Scene before = three_layers();
  Scene scene = before;
  ConvScene conv;
  conv.stride = {2, 2};
  apply(scene, {LayerEdit{3, conv}});
  EXPECT_EQ(scene, before);
}

TEST(LayerEdit, AGestureOnALaterLayerIsOneStepOfUndo) {
  const Scene before = three_layers();
  Scene scene = before;
  History history;
  KernelScene kernel = convolution(scene.layers[1]).kernel;
  for (const float weight : {1.0f, 2.0f, 3.0f}) {
    kernel.weight.at(1, 2, 0, 1) = weight;
    history.apply(scene, {LayerEdit{1, kernel}, weight > 1.0f});
  }
  EXPECT_EQ(convolution(scene.layers[1]).kernel, kernel);
  ASSERT_TRUE(history.undo(scene));
  EXPECT_EQ(scene, before);
  ASSERT_TRUE(history.redo(scene));
  EXPECT_EQ(convolution(scene.layers[1]).kernel, kernel);
}

}  // namespace
}  // namespace convscope::scene
