#include "app/ui/heatmap_view.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/look/number_format.h"
#include "app/ui/cells.h"
#include "app/ui/color_bar.h"
#include "app/ui/heatmap_keys.h"
#include "app/ui/heatmap_layers.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/tooltip.h"
#include "app/ui/wheel.h"
#include "engine/core/shape_text.h"

namespace convscope::ui {
namespace {

constexpr const char* kFit = "Fit";

// Zooms, pans and fits with the mouse; the area must be ImGui's last item.
void navigate(Ui& ui, const HeatmapFrame& frame, const HeatmapArgs& args, bool hovered,
              PlaneView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool active = ImGui::IsItemActive();
  const float notches = wheel_over(ui, ImGui::GetID("##cells"), hovered);
  if (notches != 0.0f && !io.KeyCtrl) {
    view = zoomed_at(frame.extent, view, frame.pixel(io.MousePos), std::pow(1.25, notches));
  }
  const bool left_pans = !args.paint || io.KeyCtrl;
  for (const ImGuiMouseButton button : {ImGuiMouseButton_Middle, ImGuiMouseButton_Left}) {
    const bool pans = button == ImGuiMouseButton_Middle || left_pans;
    if (!active || !pans || !ImGui::IsMouseDragging(button)) continue;
    // Includes the first pixels, during which a drag can't be told from a click.
    const ImVec2 moved = ImGui::GetMouseDragDelta(button);
    ImGui::ResetMouseDragDelta(button);
    view = panned(frame.extent, view, moved.x, moved.y);
    break;
  }
  const bool twice = (left_pans && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) ||
                     ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Middle);
  if (hovered && twice) view = PlaneView{};
}

void read_pointer(const HeatmapFrame& frame, const HeatmapArgs& args, bool hovered, bool active,
                  HeatmapEvent& event) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!hovered && !active) return;
  const std::optional<Yx> cell =
      plane_cell_at(frame.extent, frame.layout, frame.pixel(io.MousePos));
  event.hovered = cell;
  event.pressed = hovered && (ImGui::IsMouseClicked(ImGuiMouseButton_Left) ||
                              ImGui::IsMouseClicked(ImGuiMouseButton_Right));
  const bool for_caller = !(args.paint && io.KeyCtrl);
  if (active && for_caller) {
    if (io.MouseDown[ImGuiMouseButton_Left]) event.left_down = cell;
    if (io.MouseDown[ImGuiMouseButton_Right]) event.right_down = cell;
  }
  if (hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    const float moved = io.MouseDragMaxDistanceSqr[ImGuiMouseButton_Left];
    if (moved < io.MouseDragThreshold * io.MouseDragThreshold) event.clicked = cell;
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) event.double_clicked = cell;
}

void show_tooltip(const Theme& theme, const HeatmapArgs& args, Yx cell) {
  std::string text = args.symbol + place_text({cell.y - args.origin.y, cell.x - args.origin.x});
  if (is_shown(args, cell)) {
    const float value = args.plane().at(cell.y, cell.x);
    text += " = " + value_text(value, theme.numbers);
    if (std::isnan(value)) text += " (not a number)";
    if (std::isinf(value)) text += " (infinite)";
  } else {
    text += " is not shown yet";
  }
  ImGui::BeginTooltip();
  push_font(theme.font.body);
  ImGui::TextUnformatted(text.c_str());
  pop_font();
  ImGui::EndTooltip();
}

// Stops at the first finite value, which is usually the first value.
bool has_finite(const HeatmapArgs& args) {
  if (args.tensor == nullptr || args.tensor->empty()) return true;
  return std::ranges::any_of(args.tensor->plane(args.sample, args.channel),
                             [](float v) { return std::isfinite(v); });
}

// Makes a colour bar one that can be clicked, at ImGui's cursor; returns whether it was.
bool press_bar(Ui& ui, ImVec2 min, ImVec2 max) {
  const bool clicked = ImGui::InvisibleButton("##bar", {max.x - min.x, max.y - min.y});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const FocusKeys keys =
      ui.focus.stop({.id = ImGui::GetID("##bar"), .min = min, .max = max, .hovered = hovered});
  return clicked || keys.pressed;
}

// Replaces the colour bar when no value is finite, since its ends would be invented. Returns
// whether it was clicked.
bool no_range(Ui& ui, const char* id, ImVec2 room) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max{min.x + room.x, min.y + room.y};
  ImFont* font = ui.theme.font.small;
  const float size = font_size(font);
  constexpr const char* kText = "no finite values";
  const ImVec2 extent = text_size(font, size, kText);
  draw_text(ImGui::GetWindowDrawList(), font, size,
            {std::round((min.x + max.x - extent.x) * 0.5f),
             std::round((min.y + max.y - extent.y) * 0.5f)},
            ui.theme.color.muted, kText);
  ui.items.add(std::string(id) + "/no-range", min, max);
  ui.items.add(std::string(id) + "/bar", min, max);
  return press_bar(ui, min, max);
}

// The button that shows the whole plane, in the upper right corner of the area.
struct FitButton {
  ImVec2 min, max;
  bool shown = false;
  bool hovered = false;
};

// Handles the button; before the cells, so that they don't take its clicks.
FitButton fit_button(Ui& ui, const HeatmapArgs& args, const HeatmapFrame& frame, PlaneView& view) {
  const Theme& theme = ui.theme;
  FitButton button;
  if (view.fitted || args.tensor == nullptr || args.tensor->empty()) return button;
  const ImVec2 extent = text_size(theme.font.small, font_size(theme.font.small), kFit);
  const float margin = std::round(theme.px(6.0f));
  const ImVec2 size{std::ceil(extent.x + theme.px(16.0f)), std::ceil(extent.y + theme.px(8.0f))};
  button.min = {frame.max.x - margin - size.x, frame.min.y + margin};
  button.max = {button.min.x + size.x, button.min.y + size.y};
  button.shown = button.min.x > frame.min.x && button.max.y < frame.max.y;
  if (!button.shown) return button;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(button.min);
  const bool clicked = ImGui::InvisibleButton("##fit", size);
  button.hovered = ImGui::IsItemHovered();
  const FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##fit"),
                                        .min = button.min,
                                        .max = button.max,
                                        .hovered = button.hovered});
  if (clicked || keys.pressed) view = PlaneView{};
  tooltip(ui, "Show the whole plane (double click)");
  ui.items.add(std::string(args.id) + "/fit", button.min, button.max);
  ImGui::SetCursorScreenPos(cursor);
  return button;
}

void draw_fit_button(const Theme& theme, const FitButton& button, ImDrawList* list) {
  if (!button.shown) return;
  ImFont* font = theme.font.small;
  const ImVec2 extent = text_size(font, font_size(font), kFit);
  const float rounding = theme.px(7.0f);
  list->AddRectFilled(button.min, button.max, theme.color.card, rounding);
  stroke_rect(list, button.min, button.max, button.hovered ? theme.color.accent : theme.color.line,
              rounding, 1.0f);
  draw_text(list, font, font_size(font),
            {std::round((button.min.x + button.max.x - extent.x) * 0.5f),
             std::round((button.min.y + button.max.y - extent.y) * 0.5f)},
            theme.color.ink, kFit);
}

// Draws the cells and handles the pointer over them, unless it is over what covers them; afterwards
// their area is ImGui's last item.
void draw_area(Ui& ui, const HeatmapArgs& args, HeatmapFrame& frame, bool covered,
               HeatmapViewState& state, HeatmapEvent& event) {
  const Theme& theme = ui.theme;
  const bool over = ImGui::IsItemHovered() && !covered;
  const bool active = ImGui::IsItemActive();
  const FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##cells"),
                                        .min = frame.min,
                                        .max = frame.max,
                                        .kind = StopKind::kCells,
                                        .hovered = over});
  const bool hovered = over && !ui.focus.leads();
  event.focus_id = ImGui::GetID("##cells");
  const Shape& shape = args.tensor->shape();
  frame.extent = {
      shape.h,    shape.w, args.ring, frame.max.x - frame.min.x, frame.max.y - frame.min.y,
      theme.scale};
  navigate(ui, frame, args, over, state.view);
  move_by_keys(keys, frame, args, state);
  frame.layout = event.layout = layout_plane(frame.extent, state.view);
  read_pointer(frame, args, hovered, active, event);
  if (keys.focused && ui.focus.leads()) read_cell_keys(keys, args, state.cell, event);
  const PixelRect plane = frame.layout.rect(0, 0, shape.h, shape.w);
  ui.items.add(std::string(args.id) + "/plane", frame.at({plane.x, plane.y}),
               frame.at({plane.x + plane.width, plane.y + plane.height}));

  ImDrawList* list = ImGui::GetWindowDrawList();
  const HeatmapStyle style = complete_style(theme, frame, args.style);
  list->PushClipRect(frame.min, frame.max, true);
  draw_plane(ui.painter, frame, args, style, list, ImGui::GetID("##cells"));
  draw_numbers(theme, frame, args, style, list);
  list->PopClipRect();
  // Outlines of cells at the edge extend beyond the area, and where it has all of a card's width
  // also beyond the card's own clipping, which is as narrow.
  const float rim = outline_reach(theme);
  const ImVec2 clip_min = list->GetClipRectMin();
  const ImVec2 clip_max = list->GetClipRectMax();
  list->PushClipRect(
      {std::max(frame.min.x, clip_min.x) - rim, std::max(frame.min.y, clip_min.y) - rim},
      {std::min(frame.max.x, clip_max.x) + rim, std::min(frame.max.y, clip_max.y) + rim});
  draw_outlines(theme, frame, args, event.hovered, list);
  for (std::size_t i = 0; i < args.outlines.size(); ++i) {
    const CellOutline& o = args.outlines[i];
    const PixelRect r = frame.layout.rect(o.y, o.x, o.h, o.w);
    ui.items.add(std::string(args.id) + "/outline/" + std::to_string(i), frame.at({r.x, r.y}),
                 frame.at({r.x + r.width, r.y + r.height}));
  }
  list->PopClipRect();
  // While a number is typed over a cell, its error message takes this place.
  const bool typing = ui.edit.typing != 0;
  if (hovered && !active && !typing && event.hovered && args.symbol != nullptr) {
    show_tooltip(theme, args, *event.hovered);
  }
}

}  // namespace

bool color_bar(Ui& ui, const char* id, float width, const HeatmapStyle& style, const float* marked,
               const std::optional<ValueRange>& data) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max{min.x + width, min.y + color_bar_height(ui.theme)};
  draw_color_bar(ui.theme, ImGui::GetWindowDrawList(), min, max, style, marked, data);
  ui.items.add(std::string(id) + "/bar", min, max);
  return press_bar(ui, min, max);
}

HeatmapEvent heatmap_view(Ui& ui, const HeatmapArgs& args, HeatmapViewState& state) {
  const Theme& theme = ui.theme;
  const float bar = args.color_bar ? color_bar_height(theme) : 0.0f;
  const float gap = args.color_bar ? std::round(theme.px(8.0f)) : 0.0f;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  const ImVec2 size{std::floor(std::max(args.size.x, 8.0f)),
                    std::floor(std::max(args.size.y - bar - gap, 8.0f))};
  HeatmapFrame frame;
  frame.min = {std::floor(cursor.x), std::floor(cursor.y)};
  frame.max = {frame.min.x + size.x, frame.min.y + size.y};

  ImGui::PushID(args.id);
  const FitButton fit = fit_button(ui, args, frame, state.view);
  ImGui::InvisibleButton("##cells", size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  ui.items.add(args.id, frame.min, frame.max);
  HeatmapEvent event;
  event.area_min = frame.min;
  event.area_max = frame.max;
  if (args.tensor != nullptr && !args.tensor->empty())
    draw_area(ui, args, frame, fit.hovered, state, event);
  draw_fit_button(theme, fit, ImGui::GetWindowDrawList());
  if (args.color_bar) {
    ImGui::SetCursorScreenPos({frame.min.x, frame.max.y + gap});
    if (has_finite(args)) {
      const bool marked = event.hovered && is_shown(args, *event.hovered);
      const float value = marked ? args.plane().at(event.hovered->y, event.hovered->x) : 0.0f;
      event.bar_clicked =
          color_bar(ui, args.id, size.x, args.style, marked ? &value : nullptr, args.data);
    } else {
      event.bar_clicked = no_range(ui, args.id, {size.x, bar});
    }
  }
  ImGui::PopID();
  return event;
}

}  // namespace convscope::ui
