#include "app/panels/lesson/step_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "app/lesson/find_lesson.h"
#include "app/program/lesson/next_lesson.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kGap = 6.0f;
constexpr float kDot = 4.5f;         // radius
constexpr float kDotRoom = 16.0f;    // from dot to dot
constexpr float kLeastRoom = 11.0f;  // below which a number stands in the place of the dots

void draw_dots(const PanelContext& context, std::size_t count, std::size_t now, float room,
               const Rect& rect) {
  const ui::Theme& theme = context.ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = std::round(rect.y + rect.h * 0.5f);
  const float left = rect.x + (rect.w - room * static_cast<float>(count)) * 0.5f;
  for (std::size_t i = 0; i < count; ++i) {
    const ImVec2 at{std::round(left + room * (static_cast<float>(i) + 0.5f)), middle};
    const float radius = std::min(theme.px(kDot), room * 0.4f);
    if (i == now) list->AddCircleFilled(at, radius + theme.px(1.5f), theme.color.accent);
    if (i != now)
      list->AddCircleFilled(at, radius, i < now ? theme.color.muted : theme.color.outline);
  }
}

// One control for all dots, as there may be many: a click goes to the step under the pointer, the
// arrows go on and back.
void step_dots(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const Lectern& lectern = context.lessons.lectern;
  const std::size_t count = lectern.lesson().steps.size();
  const std::size_t now = lectern.place().step;
  const ImVec2 max{rect.x + rect.w, rect.y + rect.h};
  ImGui::SetCursorScreenPos(rect.min());
  const bool clicked = ImGui::InvisibleButton("lesson/dots", rect.size());
  const bool hovered = ImGui::IsItemHovered();
  ui.items.add("lesson/dots", rect.min(), max);
  const ui::FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("lesson/dots"),
                                            .min = rect.min(),
                                            .max = max,
                                            .kind = ui::StopKind::kNumber,
                                            .hovered = hovered});
  if (const int by = keys.x + keys.y; by != 0)
    context.actions.push(by > 0 ? LessonCommand::kNext : LessonCommand::kPrevious);
  const float room = std::min(theme.px(kDotRoom), rect.w / static_cast<float>(count));
  if (room >= theme.px(kLeastRoom)) {
    draw_dots(context, count, now, room, rect);
    const float left = rect.x + (rect.w - room * static_cast<float>(count)) * 0.5f;
    const float along = (ImGui::GetIO().MousePos.x - left) / room;
    if (!hovered || along < 0.0f || along >= static_cast<float>(count)) return;
    const auto pointed = static_cast<std::size_t>(along);
    if (clicked && pointed != now) context.actions.push(GoToStep{pointed});
    ui::tooltip(ui, std::to_string(pointed + 1) + "  " + lectern.lesson().steps[pointed].title);
    return;
  }
  ImFont* font = theme.font.body;
  const std::string text = std::to_string(now + 1) + " of " + std::to_string(count);
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), text);
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {std::round(rect.x + (rect.w - extent.x) * 0.5f),
                 std::round(rect.y + (rect.h - extent.y) * 0.5f)},
                theme.color.muted, text);
}

void draw_score(const PanelContext& context, const Rect& rect) {
  const ui::Theme& theme = context.ui.theme;
  const Score score = context.lessons.lectern.score();
  if (score.given == 0 || rect.w <= 0.0f) return;
  ImFont* font = theme.font.small;
  const std::string right = std::to_string(score.right);
  const std::string given = std::to_string(score.given);
  // As many words as there is room for.
  std::string text;
  constexpr std::array<std::array<const char*, 2>, 3> kWords = {
      {{" of ", " right"}, {"/", " right"}, {"/", ""}}};
  for (const auto& [between, after] : kWords) {
    text = right;
    text.append(between).append(given).append(after);
    if (ui::text_size(font, ui::font_size(font), text).x <= rect.w) break;
  }
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), text);
  const ImVec2 at{std::round(rect.x + rect.w - extent.x),
                  std::round(rect.y + (rect.h - extent.y) * 0.5f)};
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font), at, theme.color.muted, text);
  context.ui.items.add("lesson/score", at, {at.x + extent.x, at.y + extent.y});
}

bool changed(const PanelContext& context) {
  return context.document.scene() != context.lessons.lectern.step().scene;
}

bool has_upper_row(const PanelContext& context) {
  return changed(context) || context.lessons.lectern.score().given > 0;
}

// How to have back what the reader changed, and the score.
void draw_upper_row(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const float gap = std::round(ui.theme.px(kGap));
  constexpr const char* kLabel = "As the author left it";
  const float reset = std::min(rect.w, ui::button_width(ui, kLabel, ui::Icon::kReset));
  ImGui::SetCursorScreenPos(rect.min());
  if (ui::button(ui, "lesson/reset", kLabel,
                 {.icon = ui::Icon::kReset,
                  .enabled = changed(context),
                  .tooltip = "The scene of this step as the lesson has it (F4)",
                  .width = reset}))
    context.actions.push(LessonCommand::kReset);
  draw_score(context, {rect.x + reset + gap, rect.y, rect.w - reset - gap, rect.h});
}

}  // namespace

float step_bar_height(const PanelContext& context) {
  const float row = ui::row_height(context.ui);
  return has_upper_row(context) ? 2 * row + std::round(context.ui.theme.px(kGap)) : row;
}

void draw_step_bar(const PanelContext& context, const Rect& whole) {
  ui::Ui& ui = context.ui;
  const Lectern& lectern = context.lessons.lectern;
  const float row = ui::row_height(ui);
  if (has_upper_row(context)) draw_upper_row(context, {whole.x, whole.y, whole.w, row});
  const Rect rect{whole.x, whole.y + whole.h - row, whole.w, row};
  const float gap = std::round(ui.theme.px(kGap));
  const std::size_t now = lectern.place().step;
  const bool last = now + 1 == lectern.lesson().steps.size();
  const std::optional<OpenLesson> following = next_lesson(lectern);
  const std::string label = following ? "Next lesson" : "Next";
  const std::string tip =
      following ? "Opens lesson " + lesson::shown_name(following->shipped) + " (Page Down)"
      : last    ? "This is the last step"
                : "The next step (Page Down)";
  const float back = ui::button_width(ui, "", ui::Icon::kLeft);
  const float on = std::min(std::max(back, rect.w - back - 2 * gap),
                            ui::button_width(ui, label, ui::Icon::kNone));
  ImGui::SetCursorScreenPos(rect.min());
  if (ui::button(
          ui, "lesson/previous", "",
          {.icon = ui::Icon::kLeft, .enabled = now > 0, .tooltip = "The step before (Page Up)"}))
    context.actions.push(LessonCommand::kPrevious);
  step_dots(context,
            {rect.x + back + gap, rect.y, std::max(1.0f, rect.w - back - on - 2 * gap), row});
  ImGui::SetCursorScreenPos({rect.x + rect.w - on, rect.y});
  const bool pressed = ui::button(ui, "lesson/next", label,
                                  {.kind = ui::ButtonKind::kPrimary,
                                   .enabled = !last || following,
                                   .tooltip = tip.c_str(),
                                   .width = on});
  if (!pressed) return;
  if (following)
    context.actions.push(*following);
  else
    context.actions.push(LessonCommand::kNext);
}

}  // namespace convscope::panels
