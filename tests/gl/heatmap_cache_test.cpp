// What is kept from one frame to the next, and that nothing else changes.
#include <glad/gl.h>

#include <array>

#include "tests/gl/heatmap_fixture.h"
#include "tests/gl/names.h"

namespace convscope::testing {
namespace {

constexpr ui::HeatmapStyle kStyle{.lo = -1.0f, .hi = 1.0f};

TEST_F(HeatmapTest, NothingIsUploadedOrDrawnWhereNothingChanged) {
  Tensor tensor = noise({1, 1, 6, 8});
  const ui::HeatmapCrop crop = whole(tensor, 5);
  const ImTextureID texture = paint(tensor, kStyle, crop);
  const Pixels before = painter_.read(kKey);
  tensor.fill(0.9f);  // behind the painter's back: it must not look
  EXPECT_EQ(paint(tensor, kStyle, crop), texture);
  EXPECT_EQ(painter_.read(kKey), before);
}

TEST_F(HeatmapTest, ANewVersionIsUploaded) {
  Tensor tensor = noise({1, 1, 6, 8});
  const ui::HeatmapCrop crop = whole(tensor, 5);
  const ImTextureID texture = paint(tensor, kStyle, crop);
  const Pixels before = painter_.read(kKey);
  tensor.at(2, 3) = tensor.at(2, 3) > 0.0f ? -1.0f : 1.0f;
  EXPECT_EQ(paint(tensor, kStyle, crop, 0, Revision::fresh()), texture);  // the size is the same
  EXPECT_NE(painter_.read(kKey), before);
  EXPECT_TRUE(similar(painter_.read(kKey), cpu_heatmap(tensor, 0, kStyle, crop), crop.width, {}));
}

TEST_F(HeatmapTest, AnotherTensorOfTheSameVersionIsUploaded) {
  const Tensor first = noise({1, 1, 6, 8}, 1);
  const Tensor second = noise({1, 1, 6, 8}, 2);
  paint(first, kStyle, whole(first, 5));
  expect_like_cpu(second, kStyle, whole(second, 5));
}

TEST_F(HeatmapTest, AnotherStyleOrCropIsDrawnAnew) {
  const Tensor tensor = noise({1, 1, 12, 16});
  paint(tensor, kStyle, whole(tensor, 5));
  ui::HeatmapStyle style = kStyle;
  style.hi = 3.0f;
  expect_like_cpu(tensor, style, whole(tensor, 5), {.maximum = 4, .mean = 1.0});
  expect_like_cpu(tensor, kStyle,
                  {.y0 = 2.0f, .x0 = 4.0f, .cells_per_pixel = 0.2f, .height = 60, .width = 80});
}

TEST_F(HeatmapTest, TheSameViewShowsAnotherSize) {
  for (const Shape& shape : {Shape{1, 1, 6, 8}, Shape{1, 1, 37, 53}, Shape{1, 1, 1, 1},
                             Shape{1, 3, 20, 10}, Shape{1, 1, 8, 6}}) {
    SCOPED_TRACE(to_string(shape));
    const Tensor tensor = noise(shape);
    expect_like_cpu(tensor, kStyle, whole(tensor, 4));
    expect_like_cpu(tensor, kStyle, whole(tensor, 2));
  }
}

TEST_F(HeatmapTest, ColorsAndMapTakeTurnsInOneView) {
  const Tensor tensor = noise({1, 3, 9, 10});
  const ui::HeatmapCrop crop = whole(tensor, 3);
  ui::HeatmapStyle colors = kStyle;
  colors.rgb = true;
  for (int i = 0; i < 2; ++i) {
    expect_like_cpu(tensor, kStyle, crop, {}, 1);
    expect_like_cpu(tensor, colors, crop, {.maximum = 1, .mean = 0.2});
  }
}

TEST_F(HeatmapTest, ViewsDoNotShareTheirPictures) {
  const Tensor first = noise({1, 1, 6, 8}, 1);
  const Tensor second = noise({1, 1, 5, 5}, 2);
  const ImTextureID one = paint_as(1, first, kStyle, whole(first, 4));
  const ImTextureID two = paint_as(2, second, kStyle, whole(second, 4));
  EXPECT_NE(one, two);
  EXPECT_EQ(painter_.read(1), cpu_heatmap(first, 0, kStyle, whole(first, 4)));
  EXPECT_EQ(painter_.read(2), cpu_heatmap(second, 0, kStyle, whole(second, 4)));
  EXPECT_TRUE(painter_.read(3).empty());
}

TEST_F(HeatmapTest, ViewsThatAreNotPaintedAreFreedInTime) {
  const Tensor tensor = noise({1, 1, 6, 8});
  const ui::HeatmapCrop crop = whole(tensor, 4);
  paint_as(1, tensor, kStyle, crop);
  paint_as(2, tensor, kStyle, crop);
  painter_.end_frame();
  EXPECT_FALSE(painter_.read(1).empty());  // a panel may be hidden for a moment
  for (int frame = 0; frame < 1000; ++frame) {
    paint_as(2, tensor, kStyle, crop);
    painter_.end_frame();
  }
  EXPECT_TRUE(painter_.read(1).empty());
  EXPECT_FALSE(painter_.read(2).empty());
  paint_as(1, tensor, kStyle, crop);
  EXPECT_EQ(painter_.read(1), cpu_heatmap(tensor, 0, kStyle, crop));
}

TEST_F(HeatmapTest, TheCallersTargetStaysAsItWas) {
  const Tensor tensor = noise({1, 1, 6, 8});
  glViewport(3, 4, 50, 40);
  GLint before = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &before);
  ASSERT_NE(before, 0);
  gl::begin_frame(64, 48, 0xFF00FF00u);
  const Pixels picture = gl::read_pixels(64, 48);
  glViewport(3, 4, 50, 40);

  paint(tensor, kStyle, whole(tensor, 4));

  GLint after = 0;
  std::array<GLint, 4> viewport{};
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &after);
  glGetIntegerv(GL_VIEWPORT, viewport.data());
  EXPECT_EQ(after, before);
  EXPECT_EQ(viewport, (std::array<GLint, 4>{3, 4, 50, 40}));
  EXPECT_EQ(gl::read_pixels(64, 48), picture);
  EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
}

TEST_F(HeatmapTest, TheCallersStateDoesNotCutOrBlendThePicture) {
  const Tensor tensor = noise({1, 1, 6, 8});
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, 1, 1);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_FRONT_AND_BACK);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  expect_like_cpu(tensor, kStyle, whole(tensor, 4));
}

}  // namespace
}  // namespace convscope::testing
