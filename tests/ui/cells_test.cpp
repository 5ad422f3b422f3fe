#include "app/ui/cells.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/color/colormap.h"

namespace convscope::ui {
namespace {

Rgb unpacked(ImU32 color) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(color >> shift & 0xFF); };
  return {byte(IM_COL32_R_SHIFT), byte(IM_COL32_G_SHIFT), byte(IM_COL32_B_SHIFT)};
}

// WCAG 2's contrast.
double contrast(Rgb a, Rgb b) {
  const double la = luminance(a) + 0.05;
  const double lb = luminance(b) + 0.05;
  return std::max(la, lb) / std::min(la, lb);
}

TEST(Cells, NumbersAreLegibleOnEveryColorOfEveryMap) {
  for (const ColorMap map : {ColorMap::kViridis, ColorMap::kMagma, ColorMap::kGrey,
                             ColorMap::kDiverging, ColorMap::kDivergingDark}) {
    SCOPED_TRACE(static_cast<int>(map));
    for (const Rgb color : colormap_table(map)) {
      EXPECT_GE(contrast(color, unpacked(text_color_on(color))), 4.5)
          << int{color.r} << " " << int{color.g} << " " << int{color.b};
    }
  }
  for (const Rgb color : {kNanColor, kPosInfColor, kNegInfColor})
    EXPECT_GE(contrast(color, unpacked(text_color_on(color))), 4.5);
}

}  // namespace
}  // namespace convscope::ui
