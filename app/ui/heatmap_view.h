#pragma once

#include <imgui.h>

#include <optional>
#include <span>

#include "app/look/heatmap_style.h"
#include "app/ui/heatmap_geometry.h"
#include "app/ui/heatmap_painter.h"
#include "app/ui/names.h"
#include "app/ui/ui.h"
#include "engine/core/revised.h"
#include "engine/core/value_range.h"
#include "engine/ops/conv2d.h"

namespace convscope::ui {

// Zoom and pan of one view, kept by the owner between frames.
struct HeatmapViewState {
  PlaneView view;
  Yx cell;                    // that the keyboard has reached
  bool pans_to_cell = false;  // whether the next frame pans as far as that needs to be seen
};

// A rectangle of cells to outline. It may extend outside the plane (a receptive field in the
// padding).
struct CellOutline {
  Index y = 0, x = 0, h = 1, w = 1;
  ImU32 color = 0;
};

// The arguments of heatmap_view. The struct has many data members, because most have defaults and a
// caller sets only the few that it needs.
struct HeatmapArgs {
  const char* id = "";  // ImGui id, and name in the item registry
  const Tensor* tensor = nullptr;
  Revision revision = {};  // revision of the tensor's values
  Index sample = 0;        // index n of [N, C, H, W]
  Index channel = 0;
  HeatmapStyle style = {};  // only the map and its range are used; the view sets the rest
  ImVec2 size = {};         // size of the whole view with its colour bar, in pixels
  bool color_bar = true;
  // Range of the finite values. The bar shows on which sides it exceeds the style's range.
  std::optional<ValueRange> data = {};
  // Whether the caller paints with left and right drags, so that only the middle button or Ctrl
  // pans.
  bool paint = false;
  std::span<const CellOutline> outlines = {};
  // The symbol in the tooltip: "Y" gives "Y[2, 1] = −1". Null shows no tooltip.
  const char* symbol = nullptr;
  Yx origin;       // what is taken off a cell's place for its indices in the tooltip
  Yx brush{1, 1};  // size of the outline around the pointer in cells, if `paint`
  Padding ring;    // padding cells to show around the plane, in pale colours of their values
  PaddingMode ring_mode = PaddingMode::kZeros;
  bool numbers = true;      // whether to write the values into cells that are large enough
  CellStrips hatched = {};  // rows and columns to hatch, such as those that no window covers
  // Cells that are not revealed show "—" or the ghost's pale value, and their tooltip has no value.
  HeatmapReveal reveal = {};
  std::optional<Yx> selected = {};  // a cell to outline in the accent colour

  // Sets the tensor and its revision.
  void show(const TensorPtr& shown) {
    tensor = shown.get();
    revision = shown.revision();
  }
  HeatmapPlane plane() const { return {tensor, revision, sample, channel}; }
};

// What the pointer does over a heatmap.
struct HeatmapEvent {
  std::optional<Yx> hovered;  // the cell under the pointer
  // The cell under the pointer while the button is held in the view.
  std::optional<Yx> left_down;
  std::optional<Yx> right_down;
  bool pressed = false;  // whether a button went down in this frame, which begins a gesture
  // The cell where the left button was released after it went down there, without dragging.
  std::optional<Yx> clicked;
  std::optional<Yx> double_clicked;
  ImGuiID focus_id = 0;      // the stop of the keyboard that the cells are
  bool by_keys = false;      // the cell is the keyboard's, and not the pointer's
  bool bar_clicked = false;  // whether the colour bar, which is ImGui's last item, was clicked
  // The plane's position on the screen, for drawing over it.
  PlaneLayout layout;
  ImVec2 area_min, area_max;
  // Returns the screen position of a cell's corner.
  ImVec2 screen(double y, double x) const {
    const PixelPoint p = layout.to_pixel(y, x);
    return {area_min.x + static_cast<float>(p.x), area_min.y + static_cast<float>(p.y)};
  }
};

// Draws the plane with its colour bar, numbers in cells that are large enough, and outlines. The
// wheel zooms at the cursor, dragging pans, and a double click with a button that pans fits the
// whole plane again, as does the button "id/fit", which stands in the corner while it is not
// fitted. heatmap_keys.h has the keys. Registers `id` (the area of the cells), "id/plane" (the
// whole plane, clipped or not, so that cell (y, x) of h rows and w columns has its centre at the
// fractions (x + 0.5) / w and (y
// + 0.5) / h), "id/bar", and "id/outline/0" ... for the outlines.
HeatmapEvent heatmap_view(Ui& ui, const HeatmapArgs& args, HeatmapViewState& state);

// Draws a colour bar at ImGui's cursor, like that of heatmap_view, for several heatmaps with the
// same range. Returns whether it was clicked. Registers "id/bar".
bool color_bar(Ui& ui, const char* id, float width, const HeatmapStyle& style, const float* marked,
               const std::optional<ValueRange>& data);

}  // namespace convscope::ui
