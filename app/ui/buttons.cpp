#include "app/ui/buttons.h"

#include <cmath>
#include <string>

#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"

namespace convscope::ui {
namespace {

bool press(Ui& ui, const char* name, std::string_view label, bool on,
           const ButtonOptions& options) {
  const float width = options.width > 0.0f ? options.width : button_width(ui, label, options.icon);
  const Pressable p = pressable(ui, name, {std::floor(width), row_height(ui)}, options.enabled);
  const Face face = face_of(ui.theme, options.kind, on, p, options.enabled);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_frame(ui.theme, list, p.min, p.max, face.fill, face.border);
  draw_label(ui, list, p.min, p.max, face.ink, options.icon, label);
  if (options.tooltip != nullptr) tooltip(ui, options.tooltip);
  return p.clicked && options.enabled;
}

}  // namespace

bool button(Ui& ui, const char* name, std::string_view label, const ButtonOptions& options) {
  return press(ui, name, label, false, options);
}

bool toggle_button(Ui& ui, const char* name, std::string_view label, bool& on,
                   const ButtonOptions& options) {
  if (!press(ui, name, label, on, options)) return false;
  on = !on;
  return true;
}

bool segmented(Ui& ui, const char* name, std::span<const char* const> labels, int& selected) {
  const Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImVec2 min{std::round(start.x), std::round(start.y)};
  const ImVec2 max{min.x + segmented_width(ui, labels), min.y + row_height(ui)};
  draw_frame(theme, list, min, max, theme.color.control, theme.color.line);
  bool changed = false;
  float x = min.x;
  ImGui::BeginGroup();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const int index = static_cast<int>(i);
    const float width = button_width(ui, labels[i]);
    ImGui::SetCursorScreenPos({x, min.y});
    const std::string item = std::string(name) + "/" + std::to_string(i);
    const bool on = index == selected;
    const Pressable p =
        pressable(ui, item.c_str(), {width, row_height(ui)}, true, ImGui::GetID(name), on);
    ImU32 ink = theme.color.ink;
    if (on || p.hovered) {
      const Face face = face_of(theme, ButtonKind::kNormal, on, p, true);
      list->AddRectFilled({p.min.x + 1, p.min.y + 1}, {p.max.x - 1, p.max.y - 1}, face.fill,
                          theme.px(kButtonRounding) - 1);
      ink = face.ink;
    }
    draw_label(ui, list, p.min, p.max, ink, Icon::kNone, labels[i]);
    if (p.clicked && !on) {
      selected = index;
      changed = true;
    }
    x += width;
  }
  ImGui::EndGroup();
  ui.items.add(name, min, max);
  return changed;
}

bool checkbox(Ui& ui, const char* name, std::string_view label, bool& on) {
  const Theme& theme = ui.theme;
  const float box = std::round(theme.px(20.0f));
  const float width = box + theme.px(8.0f) + body_size(ui, label).x;
  const Pressable p = pressable(ui, name, {std::ceil(width), row_height(ui)}, true);
  const Face face = face_of(theme, ButtonKind::kNormal, on, p, true);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float top = std::round((p.min.y + p.max.y - box) * 0.5f);
  draw_frame(theme, list, {p.min.x, top}, {p.min.x + box, top + box}, face.fill,
             on ? face.border : theme.color.outline);
  if (on) {
    const ImVec2 tick[] = {{p.min.x + box * 0.24f, top + box * 0.52f},
                           {p.min.x + box * 0.43f, top + box * 0.72f},
                           {p.min.x + box * 0.78f, top + box * 0.30f}};
    stroke_lines(list, tick, face.ink, theme.px(2.0f));
  }
  ImFont* font = theme.font.body;
  draw_text(
      list, font, font_size(font),
      {p.min.x + box + theme.px(8.0f), std::round((p.min.y + p.max.y - font_size(font)) * 0.5f)},
      theme.color.ink, label);
  if (p.clicked) on = !on;
  return p.clicked;
}

float button_width(const Ui& ui, std::string_view label, Icon icon) {
  const Theme& theme = ui.theme;
  if (label.empty()) return row_height(ui);
  float width = body_size(ui, label).x + 2 * theme.px(kButtonPadding);
  if (icon != Icon::kNone) width += theme.px(kButtonIconSize + 7.0f);
  return std::ceil(width);
}

float segmented_width(const Ui& ui, std::span<const char* const> labels) {
  float width = 0.0f;
  for (const char* text : labels)
    width += button_width(ui, text);
  return width;
}

}  // namespace convscope::ui
