#include "app/ui/list_button.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/button_parts.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"

namespace convscope::ui {
namespace {

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

  ImGui::PushID(name);
  if (p.clicked) ImGui::OpenPopup("##list");
  bool clicked = false;
  ImGui::SetNextWindowSizeConstraints({p.max.x - p.min.x, 0.0f}, {FLT_MAX, theme.px(520.0f)});
  if (begin_popup(ui, "##list")) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const int index = static_cast<int>(i);
      if (ImGui::Selectable(items[i], index == chosen)) {
        chosen = index;
        clicked = true;
      }
      ui.items.add_last(std::string(name) + "/" + std::to_string(i));
    }
    ImGui::EndPopup();
  }
  ImGui::PopID();
  return clicked;
}

}  // namespace

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
          int& chosen) {
  chosen = -1;
  return list_button(ui, name, label, menu_width(ui, label), items, chosen);
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
