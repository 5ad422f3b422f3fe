#pragma once

#include <imgui.h>

#include "app/ui/heatmap_view.h"
#include "app/ui/names.h"

// The layers of a heatmap view, from the lowest to the highest.
namespace convscope::ui {

// The position of a view in this frame.
struct HeatmapFrame {
  ImVec2 min, max;  // screen area of the cells
  PlaneExtent extent;
  PlaneLayout layout;
  // Returns the screen position of a pixel of the area.
  ImVec2 at(PixelPoint p) const {
    return {min.x + static_cast<float>(p.x), min.y + static_cast<float>(p.y)};
  }
  // Returns the pixel of the area at a screen position.
  PixelPoint pixel(ImVec2 screen) const {
    return {static_cast<double>(screen.x - min.x), static_cast<double>(screen.y - min.y)};
  }
};

// Returns whether the value of a cell of the plane is shown (HeatmapReveal).
bool is_shown(const HeatmapArgs& args, Yx cell);

// Returns `style` with the widths of grid, hatching and marks, and with the theme's colours.
HeatmapStyle complete_style(const Theme& theme, const HeatmapFrame& frame, HeatmapStyle style);

// Draws the colours of the plane with its ring, and its hatching.
void draw_plane(HeatmapPainter& painter, const HeatmapFrame& frame, const HeatmapArgs& args,
                const HeatmapStyle& style, ImDrawList* list, ImGuiID key);
// Draws numbers in the cells of the plane and the ring if the cells are large enough.
void draw_numbers(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                  const HeatmapStyle& style, ImDrawList* list);
// Draws the caller's outlines, that of the selected cell, and those of the brush over the hovered
// cell.
void draw_outlines(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                   const std::optional<Yx>& hovered, ImDrawList* list);

}  // namespace convscope::ui
