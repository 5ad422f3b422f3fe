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

}  // namespace convscope::ui
