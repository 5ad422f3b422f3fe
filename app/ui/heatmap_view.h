#pragma once

#include <imgui.h>

#include <optional>
#include <span>

#include "app/ui/heatmap_style.h"
#include "app/ui/ui.h"
#include "engine/tensor.h"

namespace convscope::ui {

// Zoom and pan of one view; the owner keeps it between frames.
struct HeatmapViewState {
  float zoom = 1.0f;          // 1 fits the whole plane
  ImVec2 center{0.5f, 0.5f};  // of the view, as a fraction of the plane (x, y)
};

// A rectangle of cells to outline; may reach outside the plane (a receptive field in the padding).
struct CellOutline {
  Index y = 0, x = 0, h = 1, w = 1;
  ImU32 color = 0;
};

// One heatmap to draw this frame.
struct HeatmapArgs {
  const char* id = "";  // ImGui id and name in the item registry
  const Tensor* tensor = nullptr;
  std::uint64_t version = 0;  // changes whenever the values do
  Index channel = 0;
  HeatmapStyle style;
  ImVec2 size;  // of the whole view with its colour bar, in pixels
  bool color_bar = true;
  bool paint = false;  // left and right drags are the caller's (drawing); pan with middle or Space
  std::span<const CellOutline> outlines;
};

// What the pointer does over it.
struct HeatmapEvent {
  std::optional<Yx> hovered;  // the cell under the pointer
  std::optional<Yx>
      left_down;  // the cell under the pointer while the left button is held in the view
  std::optional<Yx> right_down;
  bool pressed = false;  // the button went down in this frame: a new gesture begins
  std::optional<Yx> double_clicked;
};

// Draws the plane with its colour bar, numbers in cells that are large enough, and outlines. Wheel
// zooms at the cursor, dragging pans, double click (where `paint` is off) fits the whole again.
HeatmapEvent heatmap_view(Ui& ui, const HeatmapArgs& args, HeatmapViewState& state);

}  // namespace convscope::ui
