#include "app/panels/learning/landscape_axes.h"

#include <algorithm>
#include <cmath>

#include "app/ui/cells.h"
#include "app/ui/imgui_shim.h"

namespace convscope::panels {
namespace {

constexpr float kNameGap = 6.0f;  // between the picture and a name, in pixels at scale 1

}  // namespace

AxisNames place_axis_names(const ui::Theme& theme, const std::string& x, const std::string& y,
                           ImVec2 size) {
  AxisNames names{x + " →", "↑ " + y};
  ImFont* font = theme.font.small;
  const auto width = [&](const std::string& text) {
    return ui::text_size(font, ui::font_size(font), text).x;
  };
  const float widest = std::ceil(std::max(width(names.x), width(names.y)) + theme.px(kNameGap));
  if (size.x - std::min(size.x, size.y) >= 2.0f * widest)
    names.side = widest;
  else
    names.line = std::ceil(ui::font_size(font) + theme.px(2.0f));
  return names;
}

void draw_axis_names(ui::Ui& ui, const AxisNames& names, const ui::HeatmapEvent& event,
                     ImVec2 first, ImVec2 last) {
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  // The visible part of the picture.
  const ImVec2 min{std::max(first.x, event.area_min.x), std::max(first.y, event.area_min.y)};
  const ImVec2 max{std::min(last.x, event.area_max.x), std::min(last.y, event.area_max.y)};
  const auto write = [&](const char* item, ImVec2 at, const std::string& text) {
    at = {std::round(at.x), std::round(at.y)};
    ui::draw_text(ImGui::GetWindowDrawList(), font, size, at, ui.theme.color.muted, text);
    const ImVec2 extent = ui::text_size(font, size, text);
    ui.items.add(item, at, {at.x + extent.x, at.y + extent.y});
  };
  const float x_width = ui::text_size(font, size, names.x).x;
  const float y_width = ui::text_size(font, size, names.y).x;
  if (names.side > 0.0f) {
    const float gap = ui.theme.px(kNameGap);
    write("landscape/y-name", {min.x - gap - y_width, min.y}, names.y);
    write("landscape/x-name", {max.x + gap, max.y - size}, names.x);
    return;
  }
  const float y = event.area_max.y + ui.theme.px(2.0f);
  write("landscape/y-name", {event.area_min.x, y}, names.y);
  write("landscape/x-name", {event.area_max.x - x_width, y}, names.x);
}

void draw_keyed_cell(const ui::Ui& ui, const ui::HeatmapEvent& event) {
  if (!event.by_keys || !event.hovered) return;
  const auto y = static_cast<double>(event.hovered->y);
  const auto x = static_cast<double>(event.hovered->x);
  ui::draw_outline(ui.theme, ImGui::GetWindowDrawList(), event.screen(y, x),
                   event.screen(y + 1, x + 1), ui.theme.color.accent);
}

}  // namespace convscope::panels
