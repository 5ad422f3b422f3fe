// The curve of an input or output with one row.
#include <gtest/gtest.h>

#include "tests/app/expect_consistent.h"
#include "tests/app/hall.h"

namespace convscope::program {
namespace {

Scene row_scene(Tensor input) {
  Scene scene = default_scene();
  scene.input.tensor = std::make_shared<Tensor>(std::move(input));
  scene.input.name = "a row";
  first_layer(scene).kernel.weight = Tensor::from_rows({{1, -1}});
  return scene;
}

// Where the curve stands above its heatmap, both are in the card.
TEST(RowCurve, AnInputWithOneRowIsACurveToo) {
  const Scene scene = row_scene(Tensor::from_rows({{0, 1, 4, -2, 0, 3, 1, 1}}));
  for (const float width : {1024.0f, 1280.0f, 1920.0f}) {
    AppHarness h({width, 720}, scene);
    for (const char* plane : {"input", "output"}) {
      const auto curve = h.rect(std::string(plane) + "/curve");
      const auto heatmap = h.rect(std::string(plane) + "/plane");
      EXPECT_LE(curve.max.y, heatmap.min.y) << plane;
      EXPECT_TRUE(inside(curve, h.rect("card/" + std::string(plane)))) << plane;
      EXPECT_TRUE(inside(heatmap, h.rect("card/" + std::string(plane)))) << plane;
    }
    expect_consistent(h);
  }
  AppHarness two;
  EXPECT_FALSE(two.has("input/curve"));
  AppHarness one({1280, 720}, row_scene(Tensor::from_rows({{3}})));
  EXPECT_FALSE(one.has("input/curve")) << "a single number is no curve";
}

TEST(RowCurve, TheAxisHasRoomForItsWidestLabel) {
  for (const float most : {0.05f, 0.0005f, 4.0f, -123456.0f}) {
    const Scene scene = row_scene(Tensor::from_rows({{0, most, 0, most / 2, 0, 0, most / 5, 0}}));
    for (const float width : {1280.0f, 1920.0f}) {
      AppHarness h({width, 720}, scene);
      for (const std::string plane : {"input", "output"})
        EXPECT_TRUE(inside(h.rect(plane + "/curve-labels"), h.rect(plane + "/curve")))
            << plane << " " << most;
    }
  }
}

}  // namespace
}  // namespace convscope::program
