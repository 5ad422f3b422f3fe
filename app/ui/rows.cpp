#include "app/ui/rows.h"

#include <cmath>

namespace convscope::ui {

float row_height(const Ui& ui) {
  return std::round(ui.theme.px(31.0f));
}

void flow(Ui& ui, float width) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  if (ImGui::GetItemRectMax().x + gap + width <= right + 0.5f * ui.theme.scale) ImGui::SameLine();
}

bool has_room(const Ui& ui, float width) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float right = ImGui::GetCursorScreenPos().x + room.x;
  const bool beside = ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x + width <= right;
  return beside || room.y >= row_height(ui);
}

}  // namespace convscope::ui
