#include "app/ui/slider.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/wheel.h"

namespace convscope::ui {
namespace {

constexpr float kTrack = 5.0f;  // pixels at scale 1
constexpr float kKnob = 8.0f;   // radius

}  // namespace

bool slider(Ui& ui, const char* name, Index& value, Index count, float width) {
  const Theme& theme = ui.theme;
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  const ImVec2 min{std::round(cursor.x), std::round(cursor.y)};
  const ImVec2 max{min.x + std::floor(width), min.y + row_height(ui)};
  ImGui::InvisibleButton(name, {max.x - min.x, max.y - min.y});
  ui.items.add(name, min, max);
  const ImGuiID id = ImGui::GetID(name);
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const FocusKeys keys = ui.focus.stop(
      {.id = id, .min = min, .max = max, .kind = StopKind::kNumber, .hovered = hovered});
  if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.edit.selected = id;

  const float knob = theme.px(kKnob);
  const float lo = min.x + knob;
  const float hi = std::max(lo + 1.0f, max.x - knob);
  const Index last = std::max<Index>(0, count - 1);
  const Index before = value;
  if (active) {
    const double along = static_cast<double>((ImGui::GetIO().MousePos.x - lo) / (hi - lo));
    value =
        static_cast<Index>(std::llround(std::clamp(along, 0.0, 1.0) * static_cast<double>(last)));
  } else {
    value += keys.x - keys.y + wheel_steps_over(ui, id, hovered && takes_wheel(ui.edit, id));
  }
  value = std::clamp<Index>(value, 0, last);

  const float middle = std::round((min.y + max.y) * 0.5f);
  const float half = std::round(theme.px(kTrack)) * 0.5f;
  const double share = last == 0 ? 0.0 : static_cast<double>(value) / static_cast<double>(last);
  const float x = std::round(lo + (hi - lo) * static_cast<float>(share));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled({min.x, middle - half}, {max.x, middle + half}, theme.color.outline, half);
  list->AddRectFilled({min.x, middle - half}, {x, middle + half}, theme.color.accent, half);
  list->AddCircleFilled({x, middle}, knob,
                        hovered || active || keys.focused || ui.edit.selected == id
                            ? theme.color.accent
                            : theme.color.ink);
  list->AddCircleFilled({x, middle}, knob - theme.px(2.0f), theme.color.card);
  return value != before;
}

}  // namespace convscope::ui
