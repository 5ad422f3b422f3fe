#include "app/panels/parts/lecture_tools.h"

#include <array>
#include <cmath>

#include "app/ui/buttons.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// A button that is on or off, at a point.
struct Tool {
  const char* name;
  ui::Icon icon;
  bool on;
  const char* tip;
  ViewCommand command;
};

void draw_tool(const PanelContext& context, Tool tool, ImVec2 at) {
  ImGui::SetCursorScreenPos(at);
  if (ui::toggle_button(context.ui, tool.name, "", tool.on,
                        {.icon = tool.icon, .tooltip = tool.tip}))
    context.actions.push(tool.command);
}

}  // namespace

void draw_strip_tools(const PanelContext& context, const Rect& rect) {
  if (rect.w <= 0.0f) return;
  const View& view = context.view;
  const bool backward = view.settings.backward;
  const std::array tools = {
      Tool{"strip/backward", ui::Icon::kBackward, backward,
           backward ? "The gradients are shown, backward from the loss. Forward again: the values "
                      "(B)"
                    : "Turns the flow around: the gradients, backward from the loss (B)",
           ViewCommand::kToggleBackward},
      Tool{"lecture/pen", ui::Icon::kPen, view.pen.in_hand,
           "The pen draws over the window until the next step (P)", ViewCommand::kTogglePen},
      Tool{"lecture/spotlight", ui::Icon::kSpotlight, view.spotlight.on,
           "The spotlight dims all but a circle around the pointer; the wheel changes its size (O)",
           ViewCommand::kToggleSpotlight}};
  const std::size_t shown = view.settings.presenting ? tools.size() : 1;
  const float side = ui::row_height(context.ui);
  const float place = rect.w / static_cast<float>(shown);
  const float y = std::round(rect.y + (rect.h - side) * 0.5f);
  for (std::size_t i = 0; i < shown; ++i) {
    const float end = rect.x + place * static_cast<float>(i + 1);
    draw_tool(context, tools[i], {std::round(end - side), y});
  }
}

bool lecture_menu(const PanelContext& context, bool in_menu) {
  ui::Ui& ui = context.ui;
  const std::array<const char*, 4> items = {
      "Present the page (F5)", "Pen (P)", "Spotlight (O)",
      context.view.settings.tooltips ? "Don't explain controls" : "Explain controls"};
  constexpr std::array kCommands = {ViewCommand::kTogglePresentation, ViewCommand::kTogglePen,
                                    ViewCommand::kToggleSpotlight, ViewCommand::kToggleTooltips};
  const bool opens =
      ui::button(ui, "top/lecture", in_menu ? "Lecture" : "",
                 {.icon = ui::Icon::kPen,
                  .tooltip = "For a lecture: the page alone on the whole screen, a pen and a "
                             "spotlight; and whether controls are explained like this"});
  int chosen = -1;
  if (!ui::list_popup(ui, "top/lecture/list", opens, items, chosen)) return false;
  context.actions.push(kCommands[static_cast<std::size_t>(chosen)]);
  return true;
}

float lecture_menu_width(const ui::Ui& ui) {
  return ui::button_width(ui, "", ui::Icon::kPen);
}

}  // namespace convscope::panels
