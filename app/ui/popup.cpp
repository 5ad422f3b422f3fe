#include "app/ui/popup.h"

#include <algorithm>

#include "app/ui/imgui_shim.h"
#include "app/ui/within.h"

namespace convscope::ui {
namespace {

bool begin_popup_window(Ui& ui, const char* name) {
  if (!ImGui::BeginPopup(name)) return false;
  if (escape_closes(ui)) ImGui::CloseCurrentPopup();
  return true;
}

}  // namespace

bool escape_closes(const Ui& ui) {
  const bool on_top = top_popup().id == root_window();
  return on_top && ui.edit.typing == 0 && key_pressed({Key::kEscape});
}

bool begin_popup(Ui& ui, const char* name) {
  // Opens below the button, or above it if there is more room.
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const bool above = min.y > display.y * 0.6f;
  // At the window's right edge it extends to the left.
  const bool left = max.x > display.x * 0.8f;
  const float gap = ui.theme.px(4.0f);
  ImGui::SetNextWindowPos({left ? max.x : min.x, above ? min.y - gap : max.y + gap},
                          ImGuiCond_Appearing, {left ? 1.0f : 0.0f, above ? 1.0f : 0.0f});
  return begin_popup_window(ui, name);
}

bool begin_popup_beside(Ui& ui, const char* name, ImVec2 size) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float gap = ui.theme.px(6.0f);
  const ImVec2 room{display.x - 2 * gap, display.y - 2 * gap};
  const float width = std::min(size.x, room.x);
  const float right = ImGui::GetItemRectMax().x + gap;
  const float left = ImGui::GetItemRectMin().x - gap - width;
  const float x = right + width <= display.x - gap ? right : std::max(gap, left);
  // Aligns its lower edge with that of the item if there is room above.
  const float y =
      within(ImGui::GetItemRectMax().y, gap + std::min(size.y, room.y), display.y - gap);
  ImGui::SetNextWindowPos({x, y}, ImGuiCond_Appearing, {0.0f, 1.0f});
  ImGui::SetNextWindowSizeConstraints({width, 0.0f}, {width, room.y});
  return begin_popup_window(ui, name);
}

}  // namespace convscope::ui
