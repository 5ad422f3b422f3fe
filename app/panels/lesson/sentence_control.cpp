#include "app/panels/lesson/sentence_control.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/look/number_format.h"
#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/number_input.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1, of a drag.
constexpr double kUsualStep = 4.0;   // which drag_number takes for each step
constexpr double kLargeStep = 20.0;  // for each step of a range of few whole numbers
constexpr double kLongDrag = 400.0;  // longer ranges have smaller steps

// A hand can't hold a number still that changes with every few pixels, and a range of few whole
// numbers is crossed soon all the same.
ui::NumberLimits limits_of_drag(ui::NumberLimits limits) {
  const double steps = (limits.hi - limits.lo) / limits.step;
  if (!limits.integer || !(steps > 0.0)) return limits;
  limits.step *= kUsualStep / std::clamp(kLongDrag / steps, kUsualStep, kLargeStep);
  return limits;
}

void draw_box(const ui::Ui& ui, const SentenceControl& at, bool hovered) {
  const ui::Theme& theme = ui.theme;
  ui::draw_frame(theme, ImGui::GetWindowDrawList(), at.min, at.max,
                 hovered ? theme.color.control_hovered : theme.color.control, theme.color.accent);
  const float size = ui::font_size(at.font);
  const ImVec2 extent = ui::text_size(at.font, size, at.text);
  ui::draw_text(ImGui::GetWindowDrawList(), at.font, size,
                {std::round((at.min.x + at.max.x - extent.x) * 0.5f),
                 std::round((at.min.y + at.max.y - extent.y) * 0.5f)},
                theme.color.ink, at.text);
}

void set(const PanelContext& context, const lesson::Control& control, double value,
         bool continues) {
  std::optional<Edit> edit =
      lesson::control_edit(context.document.scene(), control, value, continues);
  if (edit) context.actions.push(*std::move(edit));
}

ui::FocusKeys focus_stop(ui::Ui& ui, const SentenceControl& at, ImGuiID id, bool hovered) {
  return ui.focus.stop(
      {.id = id, .min = at.min, .max = at.max, .kind = ui::StopKind::kNumber, .hovered = hovered});
}

// Changes the number by the pointer, the wheel or keys. Returns false while it is being typed.
bool change_number(const PanelContext& context, const SentenceControl& at, double value) {
  ui::Ui& ui = context.ui;
  const lesson::Control& control = at.control;
  const ui::NumberLimits limits{control.least, control.most, control.step,
                                control.word->kind == lesson::ControlKind::kWhole};
  const ImGuiID id = ImGui::GetID(at.name.c_str());
  ui::EditEvent event;
  if (ui.edit.typing == id) {
    focus_stop(ui, at, id, false);
    const float least = ui.theme.px(72.0f);
    const ImVec2 max{std::max(at.max.x, at.min.x + least), at.max.y};
    const ui::TypingEnd end = ui::cell_editor(ui, at.min, max, at.font, value, limits, event);
    ui::leave_typing(ui.focus, id, end);
    if (event) set(context, control, value, false);
    return false;
  }
  ImGui::SetCursorScreenPos(at.min);
  ImGui::InvisibleButton(at.name.c_str(), {at.max.x - at.min.x, at.max.y - at.min.y});
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  const ui::FocusKeys keys = focus_stop(ui, at, id, hovered);
  if (hovered || active) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const bool types = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  if (keys.pressed || types) {
    ui::begin_typing(ui.edit, id, ui::exact_text(static_cast<float>(value)));
    return false;
  }
  if (keys.focused && ui::begin_typing_digits(ui.edit, id)) return false;
  event = ui::drag_number(ui, id, hovered, active, value, active ? limits_of_drag(limits) : limits);
  if (const int steps = keys.x - keys.y; steps != 0)
    event = ui::step_number(steps, value, limits, keys.repeats);
  if (event) set(context, control, value, event.continues);
  draw_box(ui, at, hovered || active || ui.edit.selected == id);
  if (hovered && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    ui::tooltip(ui, std::string(control.word->drives) + "\n" + ui::limits_text(limits) +
                        ": drag, click and scroll, or double-click to type");
  }
  return true;
}

void change_choice(const PanelContext& context, const SentenceControl& at, double value) {
  ui::Ui& ui = context.ui;
  const lesson::Control& control = at.control;
  ImGui::SetCursorScreenPos(at.min);
  const bool clicked =
      ImGui::InvisibleButton(at.name.c_str(), {at.max.x - at.min.x, at.max.y - at.min.y});
  const bool hovered = ImGui::IsItemHovered();
  const ui::FocusKeys keys = focus_stop(ui, at, ImGui::GetID(at.name.c_str()), hovered);
  const int steps = keys.x + keys.y + (clicked || keys.pressed ? 1 : 0);
  draw_box(ui, at, hovered);
  if (hovered) ui::tooltip(ui, std::string(control.word->drives) + "\nClick for the next choice");
  if (steps == 0 || control.choices.empty()) return;
  const auto now = std::ranges::find(control.choices, static_cast<std::size_t>(value));
  const auto count = std::ssize(control.choices);
  const auto at_now = now == control.choices.end() ? -1 : now - control.choices.begin();
  const auto next = ((at_now + steps) % count + count) % count;
  set(context, control, static_cast<double>(control.choices[static_cast<std::size_t>(next)]),
      false);
}

}  // namespace

void draw_sentence_control(const PanelContext& context, const SentenceControl& at) {
  const std::optional<double> value = lesson::control_value(context.document.scene(), at.control);
  context.ui.items.add(at.name, at.min, at.max);
  if (!value) return draw_box(context.ui, at, false);
  if (at.control.word->kind == lesson::ControlKind::kChoice)
    change_choice(context, at, *value);
  else
    change_number(context, at, *value);
}

}  // namespace convscope::panels
