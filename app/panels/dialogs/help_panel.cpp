#include "app/panels/dialogs/help_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/key_caps.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

struct KeyHelp {
  const char* keys;
  const char* meaning;
};

constexpr std::array kKeys = {
    KeyHelp{"Space", "run or pause the learning; R: back to the same start weights"},
    KeyHelp{"S", "one step; D: slow motion, where S takes one part of it"},
    KeyHelp{"Ctrl+←", "back in the run by one state; Ctrl+→ forth"},
    KeyHelp{"W", "sweep the window over the input; K: about this kernel, what its numbers say"},
    KeyHelp{"Arrows", "move the cell that was clicked, or the sweep; Escape leaves it"},
    KeyHelp{
        "Tab",
        "next control, Shift+Tab back; arrows go on in it, Enter presses or types, Escape ends"},
    KeyHelp{"B", "take the brush, to paint on the input or the target, or lay it down"},
    KeyHelp{"F", "flip the kernel; L: the other page, one kernel or the layers of a network"},
    KeyHelp{
        "Ctrl+O",
        "open a picture, a scene or a lesson; Ctrl+S saves the scene, with Shift in another file"},
    KeyHelp{"Ctrl+Z", "undo; Ctrl+Shift+Z redoes"},
    KeyHelp{"Ctrl+C", "copy what is under the pointer as rows of numbers; Ctrl+V pastes rows"},
    KeyHelp{"Ctrl++", "larger type; Ctrl+− smaller, Ctrl+0 normal"},
    KeyHelp{"T",
            "fold the lower row away, or unfold it; M: enlarge the selected card, or put it back"},
    KeyHelp{"F5", "present: full screen without bars; 1 to 4 hide and show cards, I the controls"},
    KeyHelp{"Page Down", "next step of the lesson, Page Up the one before; F3: its contents"},
    KeyHelp{"F2", "hide the lesson, or show it; F4: its step as the author left it; F6: ask anew"},
    KeyHelp{
        "F11",
        "full screen; F12: save the window as convscope.png; with Shift save a figure of a card"},
    KeyHelp{"F1", "these keys; Ctrl+Q: quit"},
};
constexpr std::array kMouse = {
    KeyHelp{"input", "with the brush left paints, right erases; a typed number goes into the cell"},
    KeyHelp{"heatmap",
            "wheel zooms, dragging moves (with the brush: the middle button or Ctrl), "
            "double click or Fit shows all"},
    KeyHelp{"number",
            "drag, click and scroll (or Alt and scroll), or double-click to type; Shift is finer, "
            "Ctrl coarser"},
};

constexpr float kColumn = 120.0f;  // width of the column of keys, at scale 1

float text_width(const ui::Ui& ui, const char* text) {
  ImFont* font = ui.theme.font.body;
  return std::ceil(ui::text_size(font, ui::font_size(font), text).x);
}

// Returns the width that the longest row needs, but at most `max_width`; longer rows are wrapped.
float width_within(const ui::Ui& ui, float max_width) {
  float widest = 0.0f;
  const auto rows = [&](std::span<const KeyHelp> list) {
    for (const KeyHelp& row : list)
      widest = std::max(widest, text_width(ui, row.meaning));
  };
  rows(kKeys);
  rows(kMouse);
  return std::min(max_width, ui.theme.px(kColumn) + widest);
}

// Nothing in the panel takes the arrows, so they scroll it where it is longer than the window.
void scroll_by_keys(const ui::Ui& ui) {
  const float line = 3.0f * ui::font_size(ui.theme.font.body);
  const float page = 0.8f * ImGui::GetWindowHeight();
  const auto scroll = [](ui::Key key, float by) {
    if (ui::key_pressed({key}, true)) ImGui::SetScrollY(ImGui::GetScrollY() + by);
  };
  scroll(ui::Key::kDown, line);
  scroll(ui::Key::kUp, -line);
  scroll(ui::Key::kPageDown, page);
  scroll(ui::Key::kPageUp, -page);
}

}  // namespace

void draw_help_panel(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  constexpr const char* kTitle = "Keys";
  if (context.view.settings.help && !ImGui::IsPopupOpen(kTitle)) ImGui::OpenPopup(kTitle);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({display.x * 0.5f, display.y * 0.5f}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {display.x - theme.px(20), display.y - theme.px(20)});
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_AlwaysAutoResize |
                                  ImGuiWindowFlags_NoSavedSettings)) {
    return;
  }
  const ImGuiStyle& style = ImGui::GetStyle();
  const float begin = ImGui::GetCursorPosX();
  const float width =
      width_within(ui, display.x - theme.px(20) - 2 * style.WindowPadding.x - style.ScrollbarSize);
  // The title and the button are above the rows, so that they are visible in every window.
  ui::text(ui, "Keys and mouse", theme.font.heading, theme.color.ink);
  ImGui::SameLine(begin + width - ui::button_width(ui, "Close"));
  const bool close = ui::button(ui, "help/close", "Close", {.kind = ui::ButtonKind::kPrimary});
  const float column = theme.px(kColumn);
  const auto rows = [&](std::span<const KeyHelp> list, bool caps) {
    for (const KeyHelp& row : list) {
      const float x = ImGui::GetCursorPosX();
      if (caps) {
        ui::key_caps(ui, row.keys);
      } else {
        ui::text(ui, row.keys, theme.font.body_bold, theme.color.ink);
      }
      ImGui::SameLine(x + column);
      if (text_width(ui, row.meaning) <= width - column) {
        ui::text(ui, row.meaning, theme.font.body, theme.color.ink);
      } else {
        ui::paragraph(ui, row.meaning, theme.font.body, theme.color.ink);
      }
    }
  };
  // No space between the rows, so that all of them fit into a small window.
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0.0f});
  rows(kKeys, true);
  rows(kMouse, false);
  ImGui::PopStyleVar();
  scroll_by_keys(ui);
  if (close || ui::key_pressed({ui::Key::kEscape})) {
    context.actions.push(ViewCommand::kToggleHelp);
  }
  if (close || !context.view.settings.help || ui::key_pressed({ui::Key::kEscape})) {
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
