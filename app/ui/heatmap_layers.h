#pragma once

#include <imgui.h>

#include "app/ui/heatmap_view.h"

// What a heatmap view is drawn of, from the lowest layer to the highest.
namespace convscope::ui {

// Where a view is in this frame.
struct HeatmapFrame {
  ImVec2 min, max;  // the area of the cells on the screen
  PlaneExtent extent;
  PlaneLayout layout;
  ImVec2 at(PixelPoint p) const {
    return {min.x + static_cast<float>(p.x), min.y + static_cast<float>(p.y)};
  }
  PixelPoint pixel(ImVec2 screen) const {
    return {static_cast<double>(screen.x - min.x), static_cast<double>(screen.y - min.y)};
  }
};

bool is_shown(const HeatmapArgs& args, Yx cell);

// `style` with the grid, the hatching and the theme's colours.
HeatmapStyle complete_style(const Theme& theme, const HeatmapFrame& frame, HeatmapStyle style);

// The colours of the plane with its ring, and its hatching.
void draw_plane(HeatmapPainter& painter, const HeatmapFrame& frame, const HeatmapArgs& args,
                const HeatmapStyle& style, ImDrawList* list, ImGuiID key);
// In the plane's cells and in those of the ring, where they are large enough.
void draw_numbers(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                  const HeatmapStyle& style, ImDrawList* list);
// The caller's, the selected cell's, and those of the brush over the hovered cell.
void draw_outlines(const Theme& theme, const HeatmapFrame& frame, const HeatmapArgs& args,
                   const std::optional<Yx>& hovered, ImDrawList* list);

}  // namespace convscope::ui
