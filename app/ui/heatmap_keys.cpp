#include "app/ui/heatmap_keys.h"

#include <algorithm>
#include <utility>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr Index kLargeStep = 10;  // cells
constexpr double kZoom = 1.25;    // as of a notch of the wheel

// Pans as far as the cell needs to be seen.
void pan_to(const PlaneExtent& extent, Yx cell, PlaneView& view) {
  const PixelRect at = layout_plane(extent, view).rect(cell.y, cell.x);
  const auto beyond = [](double from, double length, double room) {
    if (from < 0.0) return -from;
    return std::min(0.0, room - from - length);
  };
  const double dx = beyond(at.x, at.width, extent.area_width);
  const double dy = beyond(at.y, at.height, extent.area_height);
  if (dx != 0.0 || dy != 0.0) view = panned(extent, view, dx, dy);
}

}  // namespace

void move_by_keys(const FocusKeys& keys, const HeatmapFrame& frame, const HeatmapArgs& args,
                  HeatmapViewState& state) {
  const PlaneExtent& extent = frame.extent;
  Yx& cell = state.cell;
  if (keys.arrived && args.selected) cell = *args.selected;
  const Index step = ctrl_down() ? kLargeStep : 1;
  cell = {std::clamp<Index>(cell.y + step * keys.y, 0, extent.height - 1),
          std::clamp<Index>(cell.x + step * keys.x, 0, extent.width - 1)};
  if (std::exchange(state.pans_to_cell, false) && !state.view.fitted)
    pan_to(extent, cell, state.view);
  if (!keys.focused) return;
  const auto zoom = [&](double factor) {
    const PixelRect at = layout_plane(extent, state.view).rect(cell.y, cell.x);
    state.view = zoomed_at(extent, state.view, {at.x + at.width / 2, at.y + at.height / 2}, factor);
  };
  if (key_pressed({Key::kPageUp}, true)) zoom(kZoom);
  if (key_pressed({Key::kPageDown}, true)) zoom(1.0 / kZoom);
  if (key_pressed({Key::kHome})) state.view = PlaneView{};
  if (!state.view.fitted && (keys.arrived || keys.y != 0 || keys.x != 0))
    pan_to(extent, cell, state.view);
}

void read_cell_keys(const FocusKeys& keys, const HeatmapArgs& args, Yx cell, HeatmapEvent& event) {
  event.by_keys = true;
  event.hovered = cell;
  const bool erases = args.paint && (key_pressed({Key::kDelete}) || key_pressed({Key::kBackspace}));
  event.pressed = keys.pressed || erases;
  if (erases) {
    event.right_down = cell;
  } else if (keys.pressed) {
    event.left_down = event.clicked = cell;
  }
}

}  // namespace convscope::ui
