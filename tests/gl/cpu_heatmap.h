#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "app/ui/heatmap_painter.h"
#include "engine/core/tensor.h"

namespace convscope::testing {

using Pixels = std::vector<std::uint8_t>;  // RGBA, rows from the top

// The picture that gl::HeatmapPainter promises, computed on the CPU: from what heatmap_style.h,
// heatmap_painter.h and colormap.h say, and in double where the shader has float, so that it shares
// nothing with the shader but the specification.
Pixels cpu_heatmap(const ui::HeatmapPicture& picture, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop);
// Of a plane alone.
Pixels cpu_heatmap(const Tensor& tensor, Index channel, const ui::HeatmapStyle& style,
                   const ui::HeatmapCrop& crop);

// How far two pictures may be apart, in steps of 1/255 of a channel.
struct Tolerance {
  int maximum = 0;  // of any channel of any pixel
  double mean = 0.0;
};

// Names the worst pixel where they are further apart.
::testing::AssertionResult similar(const Pixels& actual, const Pixels& expected, int width,
                                   const Tolerance& tolerance);

}  // namespace convscope::testing
