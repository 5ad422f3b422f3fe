#include "app/panels/lecture/pen_bar.h"

#include <array>
#include <cmath>

#include "app/look/pen_colors.h"
#include "app/ui/buttons.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr float kAway = 8.0f;  // from the window's edge, at scale 1
constexpr int kSection = 90;   // the keyboard comes to it after the page

void draw_colors(const PanelContext& context) {
  std::array<const char*, look::kPenColors.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = look::kPenColors[i].name;
  auto color = static_cast<int>(context.view.pen.color);
  if (ui::segmented(context.ui, "pen/color", names, color))
    context.actions.push(ChoosePenColor{static_cast<std::size_t>(color)});
  ui::tooltip(context.ui, "The colour of the next stroke (1, 2, 3)");
}

void draw_buttons(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const bool any = !context.view.pen.strokes().empty();
  const auto button = [&](const char* name, const char* label, const char* tip, bool enabled,
                          ViewCommand command) {
    ImGui::SameLine();
    if (ui::button(ui, name, label, {.enabled = enabled, .tooltip = tip}))
      context.actions.push(command);
  };
  button("pen/undo", "Undo", "Takes the last stroke away (Ctrl+Z)", any, ViewCommand::kUndoStroke);
  button("pen/clear", "Clear", "Takes all strokes away (Delete)", any, ViewCommand::kClearStrokes);
  button("pen/done", "Done", "Lays the pen down; what was drawn stays until the next step (Escape)",
         true, ViewCommand::kTogglePen);
}

}  // namespace

Rect draw_pen_bar(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float away = std::round(ui.theme.px(kAway));
  // Not over the lesson, whose steps are turned with buttons there.
  const float left = context.view.settings.lesson.left;
  const float middle = left < display.x ? (left + display.x) * 0.5f : display.x * 0.5f;
  ImGui::SetNextWindowPos({std::round(middle), display.y - away}, ImGuiCond_Always, {0.5f, 1.0f});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {away, away});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0f);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ui.theme.color.card);
  ImGui::PushStyleColor(ImGuiCol_Border, ui.theme.color.outline);
  ImGui::Begin("pen/bar", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  const int before = ui.focus.section(kSection);
  draw_colors(context);
  draw_buttons(context);
  ui.focus.section(before);
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  ui.items.add("pen/bar", at, {at.x + size.x, at.y + size.y});
  ImGui::End();
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(2);
  return {at.x, at.y, size.x, size.y};
}

}  // namespace convscope::panels
