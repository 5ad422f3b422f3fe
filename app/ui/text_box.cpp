#include "app/ui/text_box.h"

#include "app/ui/imgui_shim.h"

namespace convscope::ui {

bool text_box(Ui& ui, const char* name, std::span<char> text, bool focus) {
  const ImGuiID id = ImGui::GetID(name);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max{min.x + ImGui::GetContentRegionAvail().x, min.y + ImGui::GetFrameHeight()};
  if (focus) ui.focus.give(id);
  const FocusKeys keys =
      ui.focus.stop({.id = id,
                     .min = min,
                     .max = max,
                     .kind = StopKind::kText,
                     .hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(min, max)});
  if (focus || keys.arrived || keys.pressed) focus_next_item();
  // ImGui's own Tab would come here from anywhere in the dialog, and back here from this field. It
  // is a stop of ImGui's only until it has the keyboard.
  push_tab_stop(keys.focused && !is_active(id));
  ImGui::SetNextItemWidth(-1.0f);
  const bool entered =
      ImGui::InputText(name, text.data(), text.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  pop_tab_stop();
  ui.items.add_last(name);
  if (ImGui::IsItemActive()) {
    const bool back = key_pressed({Key::kTab, false, true});
    const bool on = key_pressed({Key::kTab}) || key_pressed({Key::kDown});
    if (on || back) {
      release_keyboard();
      ui.focus.go_on(id, on ? 1 : -1);
    }
  }
  return entered;
}

}  // namespace convscope::ui
