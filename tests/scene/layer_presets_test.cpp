#include "app/scene/layer_presets.h"

#include <gtest/gtest.h>

#include "engine/kernel_info/kernels.h"

namespace convscope::scene {
namespace {

KernelScene preset(const char* name, Yx size, bool turned = false) {
  KernelScene kernel;
  kernel.seed = 5;
  kernel.turned = turned;
  kernel.weight = named_kernel(kernel, name, size);
  kernel.preset = name;
  return kernel;
}

TEST(WithSize, APresetFollowsItsSize) {
  for (const char* name : {"gaussian", "box", "identity", "random"}) {
    for (const Yx size : {Yx{7, 7}, Yx{1, 5}, Yx{4, 3}}) {
      const KernelScene resized = with_size(preset(name, {3, 3}), {}, size);
      EXPECT_EQ(resized, preset(name, size)) << name << " " << size.y << " " << size.x;
    }
  }
  EXPECT_EQ(with_size(preset("random", {3, 3}, true), {}, {5, 5}), preset("random", {5, 5}, true));
}

TEST(WithSize, OthersAreCroppedOrExtended) {
  for (const char* name : {"sobel-x", "0 1 2 3"}) {
    const KernelScene kernel = preset(name, {3, 3});
    const KernelScene larger = with_size(kernel, {}, {5, 5});
    EXPECT_EQ(larger.weight, resized(kernel.weight, {5, 5})) << name;
    EXPECT_EQ(larger.preset, "custom");
  }
  KernelScene edited = preset("gaussian", {3, 3});
  edited.weight.at(0, 0) = 9.0f;  // by a hand that left the name
  EXPECT_EQ(with_size(edited, {}, {5, 5}).weight, resized(edited.weight, {5, 5}));
  EXPECT_EQ(with_size(edited, {}, {5, 5}).preset, "custom");
}

TEST(WithSize, OfALayerThePlanesOfThePresetFollow) {
  KernelScene layer = as_layer(preset("gaussian", {3, 3}), {}, 2);
  for (float& w : layer.weight.plane(0, 1))
    w = 2.0f;
  const KernelScene larger = with_size(layer, {}, {5, 5});
  EXPECT_EQ(weight_plane(larger.weight, 0, 0), make_kernel("gaussian", {5, 5}, 0));
  EXPECT_EQ(weight_plane(larger.weight, 0, 1), resized(weight_plane(layer.weight, 0, 1), {5, 5}));
}

TEST(WithSize, ALayerThatWasDrawnIsDrawnAnew) {
  EXPECT_EQ(with_size(random_layer(4, 3, {3, 3}, 7), {}, {5, 5}), random_layer(4, 3, {5, 5}, 7));
  KernelScene edited = random_layer(4, 3, {3, 3}, 7);
  edited.bias[1] = 8.0f;
  EXPECT_EQ(with_size(edited, {}, {5, 5}).bias, edited.bias);
}

}  // namespace
}  // namespace convscope::scene
