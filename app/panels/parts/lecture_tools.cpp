#include "app/panels/parts/lecture_tools.h"

#include <array>
#include <cmath>

#include "app/ui/buttons.h"
#include "app/ui/list_button.h"
#include "app/ui/rows.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
void draw_lecture_tools(const PanelContext& context, const Rect& rect) {
  if (rect.w <= 0.0f) return;
  ui::Ui& ui = context.ui;
  const float side = ui::row_height(ui);
  const float gap = std::round((rect.w - 2 * side) / 3.0f);
  const float y = std::round(rect.y + (rect.h - side) * 0.5f);
  bool pen = context.view.pen.in_hand;
  ImGui::SetCursorScreenPos({rect.x + gap, y});
  if (ui::toggle_button(ui, "lecture/pen", "", pen,
                        {.icon = ui::Icon::kPen,
                         .tooltip = "The pen draws over the window until the next step (P)"}))
    context.actions.push(ViewCommand::kTogglePen);
  bool lit = context.view.spotlight.on;
  ImGui::SetCursorScreenPos({rect.x + 2 * gap + side, y});
  if (ui::toggle_button(ui, "lecture/spotlight", "", lit,
                        {.icon = ui::Icon::kSpotlight,
                         .tooltip = "The spotlight dims all but a circle around the pointer; the "
                                    "wheel changes its size (O)"}))
    context.actions.push(ViewCommand::kToggleSpotlight);
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
