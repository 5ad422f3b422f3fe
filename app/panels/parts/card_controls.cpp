#include "app/panels/parts/card_controls.h"

#include <algorithm>
#include <cmath>

#include "app/ui/rows.h"

namespace convscope::panels {
namespace {

constexpr float kKeptRows = 2.5f;  // that may have gone; more is another layout

}  // namespace

float height_above(const ui::Ui& ui, float controls) {
  return std::max(ui.theme.px(40.0f), ImGui::GetContentRegionAvail().y - controls);
}

void begin_controls(const ui::Ui& ui, float controls) {
  const ImVec2 min = ImGui::GetWindowPos();
  const float bottom = min.y + ImGui::GetWindowSize().y;
  ImGui::SetCursorScreenPos({min.x, std::max(min.y, bottom - std::max(controls, 1.0f))});
  ImGui::BeginGroup();
  // This item is as wide as the card, so that ui::flow puts the first control on a new row.
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, std::round(ui.theme.px(2.0f))});
}

float end_controls(const ui::Ui& ui, float controls) {
  ImGui::EndGroup();
  // ImGui doesn't lay out a card that is scrolled out of sight, so its old height is kept.
  const float height = std::ceil(ImGui::GetItemRectSize().y);
  if (height < ui::row_height(ui)) return controls;
  if (controls <= 0.0f) return height;
  // A row that comes or goes moves nothing under the hand: not during a stroke, a drag or typing,
  // and a row that has gone keeps its room while the pointer is over the card.
  const bool held = ImGui::IsMouseDown(0) || ImGui::IsMouseDown(1) || ui.edit.typing != 0;
  if (held) return controls;
  const bool over = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByPopup |
                                           ImGuiHoveredFlags_ChildWindows);
  const bool little_less = controls > height && controls < height + kKeptRows * ui::row_height(ui);
  return over && little_less ? controls : height;
}

}  // namespace convscope::panels
