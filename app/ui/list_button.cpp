#include "app/ui/list_button.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"

namespace convscope::ui {
namespace {

constexpr ImGuiID kListGroup = 1;  // a popup or dialog has one list

// Draws the list of `items` under a button, with `chosen` marked. Returns whether one was clicked.
bool list_button(Ui& ui, const char* name, const char* shown, float width,
                 std::span<const char* const> items, int& chosen) {
  const Theme& theme = ui.theme;
  const float arrow = theme.px(18.0f);
  const Pressable p = pressable(ui, name, {std::floor(width), row_height(ui)}, true);
  const Face face = face_of(theme, ButtonKind::kNormal, false, p, true);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_frame(theme, list, p.min, p.max, face.fill, face.border);
  draw_label(ui, list, p.min, {p.max.x - arrow, p.max.y}, face.ink, Icon::kNone, shown);
  draw_icon(list, Icon::kDown, {p.max.x - arrow, std::round((p.min.y + p.max.y) * 0.5f)},
            theme.px(12.0f), theme.color.muted);

  return list_popup(ui, name, p.clicked, items, chosen, p.max.x - p.min.x);
}

}  // namespace

bool list_popup(Ui& ui, const char* name, bool open, std::span<const char* const> items,
                int& chosen, float width) {
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  const float below = ImGui::GetIO().DisplaySize.y - max.y - ui.theme.px(16.0f);
  ImGui::PushID(name);
  if (open) ImGui::OpenPopup("##list");
  bool clicked = false;
  ImGui::SetNextWindowSizeConstraints({width, 0.0f},
                                      {FLT_MAX, std::max(below, ui.theme.px(300.0f))});
  if (begin_popup(ui, "##list")) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const int index = static_cast<int>(i);
      const std::string entry = std::string(name) + "/" + std::to_string(i);
      if (list_entry(ui, entry.c_str(), items[i], index == chosen)) {
        chosen = index;
        clicked = true;
      }
    }
    ImGui::EndPopup();
    // What it opened at is the last item again, for what follows it.
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy({max.x - min.x, max.y - min.y});
  }
  ImGui::PopID();
  return clicked;
}

ImGuiID list_entry_id(const char* name) {
  ImGui::PushID(name);
  const ImGuiID id = ImGui::GetID("##entry");
  ImGui::PopID();
  return id;
}

bool list_entry(Ui& ui, const char* name, std::string_view label, bool selected, bool closes) {
  ImFont* font = ui.theme.font.body;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({body_size(ui, label).x, 0.0f});  // the list is as wide as its widest label
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(name);
  // The label is drawn by itself, as ImGui's end at "##". Whole pixels, as ImGui cuts fractions off
  // in another direction above the screen than on it: a long list would grow as it is scrolled.
  bool chosen =
      ImGui::Selectable("##entry", selected, closes ? 0 : ImGuiSelectableFlags_DontClosePopups,
                        {0.0f, std::ceil(font_size(font))});
  // The ring covers nothing of the entries above and below.
  const float inset = std::round(ui.theme.px(3.0f));
  const ImVec2 box_min = ImGui::GetItemRectMin();
  const ImVec2 box_max = ImGui::GetItemRectMax();
  const FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##entry"),
                                        .min = {box_min.x, box_min.y + inset},
                                        .max = {box_max.x, box_max.y - inset},
                                        .group = kListGroup,
                                        .preferred = selected,
                                        .hovered = ImGui::IsItemHovered()});
  ImGui::PopID();
  ui.items.add_last(name);
  draw_text(ImGui::GetWindowDrawList(), font, font_size(font), at, ui.theme.color.ink, label);
  if (keys.pressed) {
    chosen = true;
    if (closes) ImGui::CloseCurrentPopup();
  }
  return chosen;
}

bool combo(Ui& ui, const char* name, std::span<const char* const> labels, int& selected, bool again,
           const char* shown) {
  const bool known = selected >= 0 && selected < static_cast<int>(labels.size());
  const char* current = shown != nullptr ? shown
                        : known          ? labels[static_cast<std::size_t>(selected)]
                                         : "";
  const int before = selected;
  return list_button(ui, name, current, combo_width(ui, labels), labels, selected) &&
         (again || selected != before);
}

bool menu(Ui& ui, const char* name, const char* label, std::span<const char* const> items,
          int& chosen, int marked) {
  chosen = marked;
  if (list_button(ui, name, label, menu_width(ui, label), items, chosen)) return true;
  chosen = -1;
  return false;
}

float combo_width(const Ui& ui, std::span<const char* const> labels) {
  float widest = 0.0f;
  for (const char* text : labels)
    widest = std::max(widest, body_size(ui, text).x);
  return std::ceil(widest + ui.theme.px(2 * kButtonPadding + 18.0f));
}

float menu_width(const Ui& ui, const char* label) {
  return button_width(ui, label) + std::ceil(ui.theme.px(18.0f));
}

}  // namespace convscope::ui
