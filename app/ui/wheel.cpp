#include "app/ui/wheel.h"

#include <cmath>
#include <utility>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr double kPause = 0.6;  // seconds without a notch that end a gesture
constexpr float kAway = 16.0f;  // pixels at scale 1 between two notches that end it

}  // namespace

bool wheel_turns(const EditState& edit, float scale) {
  const EditState::Wheel& wheel = edit.wheel;
  const ImVec2 pointer = ImGui::GetIO().MousePos;
  return ImGui::GetTime() - wheel.time < kPause &&
         std::hypot(pointer.x - wheel.at.x, pointer.y - wheel.at.y) < kAway * scale;
}

void follow_wheel(EditState& edit, float scale) {
  EditState::Wheel& wheel = edit.wheel;
  const ImGuiIO& io = ImGui::GetIO();
  const ImGuiID offered = std::exchange(wheel.offered, 0);
  wheel.open = false;
  if (io.MouseWheel == 0.0f) return;
  if (!wheel_turns(edit, scale)) {
    wheel = {};
    wheel.control = offered;
    // The pointer may have come to another control together with the first notch.
    wheel.open = io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f;
  }
  wheel.time = ImGui::GetTime();
  wheel.at = io.MousePos;
}

float wheel_over(Ui& ui, ImGuiID id, bool hovered) {
  EditState::Wheel& wheel = ui.edit.wheel;
  if (!hovered) return 0.0f;
  if (std::exchange(wheel.open, false)) wheel.control = id;
  if (wheel.control != id && wheel_turns(ui.edit, ui.theme.scale)) return 0.0f;
  claim_wheel();
  wheel.offered = id;
  return wheel.control == id ? ImGui::GetIO().MouseWheel : 0.0f;
}

int wheel_steps_over(Ui& ui, ImGuiID id, bool hovered) {
  EditState::Wheel& wheel = ui.edit.wheel;
  wheel.rest += wheel_over(ui, id, hovered);
  const float whole = std::trunc(wheel.rest);
  wheel.rest -= whole;
  return static_cast<int>(whole);
}

bool wheel_continues(EditState& edit) {
  return std::exchange(edit.wheel.changed, true);
}

bool takes_wheel(const EditState& edit, ImGuiID id) {
  return edit.selected == id || alt_down();
}

}  // namespace convscope::ui
