#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "app/ui/heatmap_painter.h"
#include "engine/core/tensor.h"
#include "tests/gl/names.h"

namespace convscope::testing {

using Pixels = std::vector<std::uint8_t>;  // RGBA, rows from the top

// Computes on the CPU the picture that gl::HeatmapPainter must draw, from the specification in
// heatmap_style.h, heatmap_painter.h and colormap.h, and in double where the shader has float. It
// shares nothing with the shader but that specification.
Pixels cpu_heatmap(const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop);
// Does the same for a plane alone.
Pixels cpu_heatmap(const Tensor& tensor, Index channel, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop);

// How much two pictures may differ, in steps of 1/255 of a channel.
struct Tolerance {
  int maximum = 0;  // of any channel of any pixel
  double mean = 0.0;
};

// Returns whether the pictures are similar; a failure names the worst pixel.
::testing::AssertionResult similar(const Pixels& actual, const Pixels& expected, int width,
                                   const Tolerance& tolerance);

}  // namespace convscope::testing
