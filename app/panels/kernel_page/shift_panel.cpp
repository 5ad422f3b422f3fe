#include "app/panels/kernel_page/shift_panel.h"

#include <array>
#include <string>
#include <utility>

#include "app/program/view/shift_tool.h"
#include "app/ui/buttons.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"
#include "engine/core/shape_text.h"

namespace convscope::panels {
namespace {

constexpr const char* kShift = "Shift";
constexpr const char* kStart = "Start here";

const InputScene& input_of(const PanelContext& context) {
  return context.layer.scene.input;
}

// Draws a button that moves the input by a cell.
void draw_arrow(const PanelContext& context, const char* name, ui::Icon icon, Yx by,
                const char* tip) {
  ui::Ui& ui = context.ui;
  ui::flow(ui, ui::row_height(ui));
  // What a change under way makes of the input counts first.
  const bool waits = context.document.changing();
  if (!ui::button(ui, name, "", {.icon = icon, .tooltip = tip}) || waits) return;
  context.actions.push(further_shift(input_of(context), by, context.view.shift.fill, false));
}

void draw_fill(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  constexpr std::array kFills = {"zero", "edge", "wrap"};
  auto fill = static_cast<int>(context.view.shift.fill);
  ui::flow(ui, ui::label_width(ui, "comes in") + ImGui::GetStyle().ItemSpacing.x +
                   ui::segmented_width(ui, kFills));
  ui::label(ui, "comes in");
  ImGui::SameLine();
  const bool changed = ui::segmented(ui, "input/shift-fill", kFills, fill);
  ui::tooltip(
      ui,
      "What comes in at the other side: zeros, the values of the border again, or what goes "
      "out");
  if (!changed) return;
  context.actions.push(ShiftTool{true, static_cast<ShiftFill>(fill)});
  if (input_of(context).shift.from != nullptr)  // what has come in is replaced as well
    context.actions.push(
        further_shift(input_of(context), {0, 0}, static_cast<ShiftFill>(fill), false));
}

}  // namespace

void drag_shift(const PanelContext& context, const ui::HeatmapEvent& event, ShiftDrag& drag) {
  if (!context.view.shift.on || !ImGui::IsMouseDown(0)) {
    drag = {};
    return;
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Yx cell = event.layout.cell_at({static_cast<double>(mouse.x - event.area_min.x),
                                        static_cast<double>(mouse.y - event.area_min.y)});
  if (event.pressed && event.left_down && !event.by_keys) {
    const InputShift from = shift_so_far(input_of(context));
    drag = {cell, from, from.by, false};
  }
  if (!drag.grabbed) return;
  InputShift shift = drag.from;
  shift.by = {shift.by.y + cell.y - drag.grabbed->y, shift.by.x + cell.x - drag.grabbed->x};
  shift.fill = context.view.shift.fill;
  if (shift.by == drag.asked) return;
  drag.asked = shift.by;
  context.actions.push(shift_change(std::move(shift), std::exchange(drag.edited, true)));
}

float shift_button_width(const ui::Ui& ui) {
  return ui::button_width(ui, kShift);
}

void draw_shift_button(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  bool on = context.view.shift.on;
  ui::flow(ui, shift_button_width(ui));
  if (ui::toggle_button(ui, "input/shift", kShift, on,
                        {.tooltip = on ? "Lay the tool down (Escape)"
                                       : "Shift X by whole cells, with the arrow keys, a drag or "
                                         "buttons, and see by how much Y and P move"}))
    context.actions.push(ShiftTool{on, context.view.shift.fill});
}

void draw_shift_controls(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  draw_shift_button(context);
  draw_arrow(context, "input/shift-left", ui::Icon::kLeft, {0, -1}, "To the left by a cell (←)");
  draw_arrow(context, "input/shift-right", ui::Icon::kRight, {0, 1}, "To the right by a cell (→)");
  draw_arrow(context, "input/shift-up", ui::Icon::kUp, {-1, 0}, "Up by a cell (↑)");
  draw_arrow(context, "input/shift-down", ui::Icon::kDown, {1, 0}, "Down by a cell (↓)");
  draw_fill(context);
  const Yx by = shift_so_far(input_of(context)).by;
  const std::string moved = "X moved by " + pair_text(by);
  ui::flow(ui, ui::label_width(ui, moved));
  ui::label(ui, moved);
  ui.items.add_last("input/shifted-by");
  ui::flow(ui, ui::button_width(ui, kStart));
  if (ui::button(ui, "input/shift-start", kStart,
                 {.enabled = by != Yx{}, .tooltip = "Compare Y and P with what they are now"})) {
    InputScene input = input_of(context);
    input.shift = {};
    context.actions.edit(std::move(input));
  }
}

}  // namespace convscope::panels
