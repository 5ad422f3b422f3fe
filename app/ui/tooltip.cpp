#include "app/ui/tooltip.h"

#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"

namespace convscope::ui {

void tooltip(Ui& ui, std::string_view shown) {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  if (!tooltip_due(ui, ImGui::GetItemRectMin(), ImGui::GetItemRectMax())) return;
  draw_tooltip(ui, shown);
}

void draw_tooltip(Ui& ui, std::string_view shown) {
  ImGui::BeginTooltip();
  push_font(ui.theme.font.small);
  wrapped_text(ui.theme.font.small, ui.theme.px(420.0f), shown);
  pop_font();
  const ImVec2 corner = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  ui.items.add("tooltip", corner, {corner.x + size.x, corner.y + size.y});
  ImGui::EndTooltip();
}

bool tooltip_due(Ui& ui, ImVec2 min, ImVec2 max) {
  EditState::Tips& tips = ui.edit.tips;
  if (!tips.on || was_just_clicked(ui)) return false;
  const bool shown =
      tips.min.x == min.x && tips.min.y == min.y && tips.max.x == max.x && tips.max.y == max.y;
  if (!shown && ImGui::GetTime() - tips.still_since < kTooltipDelay) {
    tips.waits = true;
    return false;
  }
  tips.min = min;
  tips.max = max;
  tips.drawn = true;
  return true;
}

void follow_tips(EditState& edit, bool on) {
  EditState::Tips& tips = edit.tips;
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (pointer.x != tips.at.x || pointer.y != tips.at.y) tips.still_since = ImGui::GetTime();
  if (!tips.drawn) tips.min = tips.max = {-1.0f, -1.0f};
  tips.at = pointer;
  tips.on = on;
  tips.drawn = tips.waits = false;
}

bool tooltip_waits(const EditState& edit) {
  return edit.tips.waits && ImGui::GetTime() - edit.tips.still_since < kTooltipDelay + 0.1;
}

bool was_just_clicked(Ui& ui) {
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.edit.clicked_at = pointer;
  const float away = ui.theme.px(20.0f);
  return std::hypot(pointer.x - ui.edit.clicked_at.x, pointer.y - ui.edit.clicked_at.y) < away;
}

}  // namespace convscope::ui
