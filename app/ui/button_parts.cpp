#include "app/ui/button_parts.h"

#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::ui {

Pressable pressable(Ui& ui, const char* name, ImVec2 size, bool enabled, ImGuiID group,
                    bool preferred) {
  Pressable p;
  p.min = ImGui::GetCursorScreenPos();
  p.min = {std::round(p.min.x), std::round(p.min.y)};
  p.max = {p.min.x + size.x, p.min.y + size.y};
  ImGui::PushID(name);
  ImGui::BeginDisabled(!enabled);
  p.clicked = ImGui::InvisibleButton("##press", size);
  p.hovered = ImGui::IsItemHovered();
  p.held = ImGui::IsItemActive();
  const FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##press"),
                                        .min = p.min,
                                        .max = p.max,
                                        .group = group,
                                        .preferred = preferred,
                                        .enabled = enabled,
                                        .hovered = p.hovered});
  p.clicked |= keys.pressed;
  ImGui::EndDisabled();
  ImGui::PopID();
  ui.items.add(name, p.min, p.max);
  return p;
}

Face face_of(const Theme& theme, ButtonKind kind, bool on, const Pressable& p, bool enabled) {
  const Palette& c = theme.color;
  Face face{c.control, c.line, c.ink};
  if (on || kind == ButtonKind::kPrimary) {
    face = {c.accent, c.accent, c.on_accent};
    if (p.hovered) face.fill = face.border = mixed(c.accent, c.ink, 0.15f);
    if (p.held) face.fill = face.border = mixed(c.accent, c.ink, 0.25f);
  } else {
    if (kind == ButtonKind::kFlat) face = {faded(c.card, 0.0f), faded(c.line, 0.0f), c.muted};
    if (p.hovered) face.fill = c.control_hovered;
    if (p.held) face.fill = mixed(c.card, c.accent, 0.25f);
  }
  if (!enabled) {
    face.fill = faded(face.fill, 0.5f);
    face.ink = faded(face.ink, 0.45f);
    face.border = faded(face.border, 0.5f);
  }
  return face;
}

void draw_frame(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 fill,
                ImU32 border) {
  list->AddRectFilled(min, max, border, theme.px(kButtonRounding));
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, fill,
                      theme.px(kButtonRounding) - 1);
}

void draw_label(const Ui& ui, ImDrawList* list, ImVec2 min, ImVec2 max, ImU32 color, Icon icon,
                std::string_view label) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.body;
  const std::string shown = elided(font, label, max.x - min.x - theme.px(6.0f));
  const ImVec2 extent = body_size(ui, shown);
  const float icon_size = icon == Icon::kNone ? 0.0f : theme.px(kButtonIconSize);
  const float gap = icon == Icon::kNone || shown.empty() ? 0.0f : theme.px(7.0f);
  const float x = std::round((min.x + max.x - extent.x - icon_size - gap) * 0.5f);
  const float middle = (min.y + max.y) * 0.5f;
  draw_icon(list, icon, {x + icon_size * 0.5f, std::round(middle)}, icon_size, color);
  draw_text(list, font, font_size(font),
            {x + icon_size + gap, std::round(middle - extent.y * 0.5f)}, color, shown);
}

ImVec2 body_size(const Ui& ui, std::string_view text) {
  return text_size(ui.theme.font.body, font_size(ui.theme.font.body), text);
}

}  // namespace convscope::ui
