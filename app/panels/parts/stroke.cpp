#include "app/panels/parts/stroke.h"

#include <cmath>

#include "app/ui/fields.h"
#include "app/ui/rows.h"

namespace convscope::panels {

std::optional<StrokePiece> next_piece(const ui::HeatmapEvent& event, StrokeState& state) {
  if (event.pressed) state = {};
  const std::optional<Yx> cell = event.left_down ? event.left_down : event.right_down;
  if (!cell) {
    if (!ImGui::IsMouseDown(0) && !ImGui::IsMouseDown(1)) state.last.reset();
    return std::nullopt;
  }
  if (state.last == cell) return std::nullopt;
  const Yx from = state.last.value_or(*cell);
  state.last = cell;
  return StrokePiece{from, *cell, !event.left_down.has_value()};
}

void draw_brush(ui::Ui& ui, const std::string& prefix, Brush& brush) {
  ui::FieldOptions value;
  value.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.1};
  value.tooltip = "the value that the left button paints; the right button erases to 0";
  value.width = ui.theme.px(50.0f);
  ui::flow(ui, ui::field_width(ui, "brush", value.width));
  ui::float_field(ui, (prefix + "/brush").c_str(), "brush", brush.value, value);
  ui::FieldOptions width;
  width.limits = {1, 16, 1, true};
  width.tooltip = "width of the brush in cells";
  width.width = ui.theme.px(34.0f);
  auto size = static_cast<float>(brush.size);
  ui::flow(ui, width.width);
  ui::float_field(ui, (prefix + "/brush-size").c_str(), "", size, width);
  brush.size = static_cast<Index>(std::lround(size));
}

}  // namespace convscope::panels
