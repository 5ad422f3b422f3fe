#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "app/gl/frame.h"
#include "app/gl/heatmap_painter.h"
#include "app/platform/egl_context.h"
#include "tests/gl/cpu_heatmap.h"
#include "tests/gl/names.h"

namespace convscope::testing {

// A painter with an off-screen context of its own.
class HeatmapTest : public ::testing::Test {
 protected:
  static constexpr ImGuiID kKey = 7;

  ImTextureID paint(const Tensor& tensor, const ui::HeatmapStyle& style,
                    const ui::HeatmapCrop& crop, Index channel = 0, const Revision& revision = {}) {
    return paint_as(kKey, tensor, style, crop, channel, revision);
  }
  ImTextureID paint_as(ImGuiID key, const Tensor& tensor, const ui::HeatmapStyle& style,
                       const ui::HeatmapCrop& crop, Index channel = 0,
                       const Revision& revision = {}) {
    return painter_.paint(key,
                          {.values = {.tensor = &tensor, .revision = revision, .channel = channel}},
                          style, crop);
  }
  // Expects that the painter paints what the CPU computes.
  void expect_like_cpu(const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                       const ui::HeatmapCrop& crop, const Tolerance& tolerance = {}) {
    painter_.paint(kKey, picture, style, crop);
    EXPECT_TRUE(
        similar(painter_.read(kKey), cpu_heatmap(picture, style, crop), crop.width, tolerance));
  }
  void expect_like_cpu(const Tensor& tensor, const ui::HeatmapStyle& style,
                       const ui::HeatmapCrop& crop, const Tolerance& tolerance = {},
                       Index channel = 0) {
    expect_like_cpu(ui::HeatmapPicture{.values = {.tensor = &tensor, .channel = channel}}, style,
                    crop, tolerance);
  }

  platform::EglContext egl_;  // first, because the painter needs it
  gl::OffscreenTarget target_{64, 48};
  gl::HeatmapPainter painter_;
};

// Returns values from -1 to 1, none of them on the border between two colours of a map from -1 to
// 1.
inline Tensor noise(const Shape& shape, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> entry(0, 255);
  Tensor tensor(shape);
  for (float& v : tensor.values())
    v = (static_cast<float>(entry(random)) + 0.5f) / 128.0f - 1.0f;
  return tensor;
}

// Returns a crop that shows the whole plane with `pixels` x `pixels` for each cell.
inline ui::HeatmapCrop whole(const Tensor& tensor, int pixels) {
  const Shape& s = tensor.shape();
  return {.cells_per_pixel = 1.0f / static_cast<float>(pixels),
          .height = static_cast<int>(s.h) * pixels,
          .width = static_cast<int>(s.w) * pixels};
}

}  // namespace convscope::testing
