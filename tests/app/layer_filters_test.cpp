// The grid of a layer's filters.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/app/layers_fixture.h"

namespace convscope::program {
namespace {

// Four filters of three slices 3 x 3, drawn as one plane.
ui::HeatmapPicture mosaic_of(const Layers& h) {
  for (const auto& call : h.painted()) {
    const Tensor* tensor = call.picture.values.tensor;
    if (tensor->shape() == Shape{1, 1, 12, 9}) return call.picture;
  }
  ADD_FAILURE() << "no grid of filters was drawn";
  return {};
}

// Divided by its own largest magnitude where each filter is to have all colours.
TEST(Layers, ShowsEachFilterInItsOwnColorsByChoiceAndChangesNoWeight) {
  Scene scene = colour_scene();
  Tensor& weight = first_layer(scene).kernel.weight;
  for (float& value : weight.values().subspan(27, 27))  // of the second filter
    value *= 0.01f;
  Layers h(scene);
  const Tensor before = first_layer(h.app().document().scene()).kernel.weight;
  const auto largest = [&](Index filter) {
    const ui::HeatmapPicture picture = mosaic_of(h);
    float most = 0.0f;
    for (Index y = 3 * filter; y < 3 * filter + 3; ++y)
      for (Index x = 0; x < 9; ++x)
        most = std::max(most, std::abs(picture.values.tensor->at(y, x)));
    return most;
  };
  EXPECT_LT(largest(0), 1.0f);
  h.click("layer/range/1");
  h.settle();
  for (Index filter = 0; filter < 4; ++filter)
    EXPECT_EQ(largest(filter), 1.0f) << filter;
  EXPECT_EQ(first_layer(h.app().document().scene()).kernel.weight, before);
}

}  // namespace
}  // namespace convscope::program
