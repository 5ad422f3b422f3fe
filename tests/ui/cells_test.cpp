#include "app/ui/cells.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

#include "app/ui/theme.h"
#include "engine/color/colormap.h"
#include "tests/ui/ui_harness.h"

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

// The best contrast that one of the colours has on a cell.
double best_contrast(std::span<const ImU32> tones, Rgb cell) {
  double best = 0.0;
  for (const ImU32 tone : tones)
    best = std::max(best, contrast(cell, unpacked(tone)));
  return best;
}

TEST(Cells, OutlinesStandOutOnEveryColorOfEveryMap) {
  for (const Palette& palette : {light_palette(), dark_palette(), projector_palette()}) {
    for (const ImU32 line : {palette.linked, palette.accent, palette.good, palette.bad}) {
      const std::vector<ImU32> tones = outline_tones(line);
      EXPECT_EQ(tones.back(), line);
      for (const ImU32 tone : tones)
        EXPECT_EQ(tone >> IM_COL32_A_SHIFT & 0xFF, 0xFFu);
      for (const ColorMap map : {ColorMap::kViridis, ColorMap::kMagma, ColorMap::kGrey,
                                 ColorMap::kDiverging, ColorMap::kDivergingDark}) {
        for (const Rgb color : colormap_table(map)) {
          EXPECT_GE(best_contrast(tones, color), 3.0)
              << int{color.r} << " " << int{color.g} << " " << int{color.b};
        }
      }
      for (const Rgb color : {kNanColor, kPosInfColor, kNegInfColor})
        EXPECT_GE(best_contrast(tones, color), 3.0);
      // Padding and ghosts are mixed with the card, and RGB pictures have any colour.
      for (int grey = 0; grey < 256; ++grey) {
        const auto level = static_cast<std::uint8_t>(grey);
        EXPECT_GE(best_contrast(tones, {level, level, level}), 3.0) << grey;
      }
    }
  }
}

TEST(Cells, OutlinesShowAllTheirTones) {
  UiHarness harness({200, 200});
  std::vector<ImU32> drawn;
  harness.draw = [&](Ui& ui) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const int first = list->VtxBuffer.Size;
    draw_outline(ui.theme, list, {50, 50}, {90, 90}, ui.theme.color.accent);
    // What covers the upper edge, one pixel after the other from outside to the middle of the line.
    std::vector<ImU32> colors;
    for (int i = first; i < list->VtxBuffer.Size; ++i) {
      const ImU32 color = list->VtxBuffer[i].col;
      if (color >> IM_COL32_A_SHIFT != 0 && (colors.empty() || colors.back() != color))
        colors.push_back(color);
    }
    drawn = colors;
  };
  harness.frame();
  EXPECT_EQ(drawn, outline_tones(harness.theme.color.accent));
}

}  // namespace
}  // namespace convscope::ui
