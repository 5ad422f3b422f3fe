#pragma once

#include <imgui.h>

#include <optional>
#include <span>

#include "app/ui/heatmap_painter.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// A small picture of a whole plane. It doesn't zoom, and the wheel scrolls its surroundings. Values
// are shown in cells that are large enough.
struct ThumbnailArgs {
  const char* id = "";   // ImGui id, and name in the item registry
  HeatmapPlane picture;  // one of its cells stands for step x step cells of the plane
  Index step = 1;
  Index height = 0, width = 0;  // of the plane
  HeatmapStyle style = {};
  ImVec2 size = {};       // of the area in pixels; the picture is centred in it
  bool selected = false;  // framed in the accent colour
  ImGuiID group = 0;      // of pictures that the arrows go through; 0 for one alone
  std::span<const CellOutline> outlines = {};  // in cells of the plane
};

struct ThumbnailEvent {
  std::optional<Yx> hovered;  // the plane's cell under the pointer
  bool clicked = false;
  bool entered = false;  // Enter was pressed in the cell that the keyboard has reached
};

// Draws the picture. Where the keyboard has reached it, Enter clicks it, and once it is selected
// goes into its cells: the arrows go from cell to cell, with Ctrl in steps of 10, and Escape goes
// back to the pictures. Registers `id` (the area) and "id/plane" (the whole plane, as heatmap_view
// does).
ThumbnailEvent thumbnail(Ui& ui, const ThumbnailArgs& args);

}  // namespace convscope::ui
