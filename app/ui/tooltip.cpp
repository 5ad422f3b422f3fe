#include "app/ui/tooltip.h"

#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"

namespace convscope::ui {

void tooltip(Ui& ui, std::string_view shown) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) || was_just_clicked(ui)) return;
  ImGui::BeginTooltip();
  push_font(ui.theme.font.small);
  wrapped_text(ui.theme.font.small, ui.theme.px(420.0f), shown);
  pop_font();
  const ImVec2 corner = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  ui.items.add("tooltip", corner, {corner.x + size.x, corner.y + size.y});
  ImGui::EndTooltip();
}

bool was_just_clicked(Ui& ui) {
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.edit.clicked_at = pointer;
  const float away = ui.theme.px(20.0f);
  return std::hypot(pointer.x - ui.edit.clicked_at.x, pointer.y - ui.edit.clicked_at.y) < away;
}

}  // namespace convscope::ui
