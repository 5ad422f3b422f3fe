#include "app/panels/dialogs/help_panel.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

#include "app/panels/dialogs/key_table.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/key_caps.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kColumn = 264.0f;  // of the keys
constexpr float kMeaning = 500.0f;
constexpr float kAway = 20.0f;  // from the window's edges, both together

// Where the dialog has no room for two columns, what a key does stands below it.
struct Columns {
  float width = 0.0f;  // of the rows
  float keys = 0.0f;   // of their first column; 0 for none
};

Columns columns_within(const ui::Theme& theme, float room) {
  const float wide = theme.px(kColumn + kMeaning);
  if (room >= wide * 0.7f) return {std::min(room, wide), theme.px(kColumn)};
  return {room, 0.0f};
}

// "Ctrl+S, Ctrl+Shift+S" has its parts as caps beside each other, as far as there is room.
void draw_keys(ui::Ui& ui, std::string_view keys, float room, bool caps) {
  if (!caps) return ui::text(ui, keys, ui.theme.font.body_bold, ui.theme.color.ink);
  const float gap = ui.theme.px(8.0f);
  float x = 0.0f;
  while (!keys.empty()) {
    const std::size_t comma = keys.find(", ");
    const std::string_view part = keys.substr(0, comma);
    const float width = ui::key_caps_width(ui, part) + gap;
    if (x > 0.0f && x + width <= room) ImGui::SameLine(0.0f, gap);
    x = x + width <= room ? x + width : width;
    ui::key_caps(ui, part);
    if (comma == std::string_view::npos) return;
    keys.remove_prefix(comma + 2);
  }
}

void draw_rows(ui::Ui& ui, std::span<const KeyRow> rows, const Columns& columns, bool caps) {
  for (const KeyRow& row : rows) {
    const float x = ImGui::GetCursorPosX();
    draw_keys(ui, row.keys, columns.keys > 0.0f ? columns.keys : columns.width, caps);
    if (columns.keys > 0.0f) {
      // The first line of the meaning stands at the height of the keys' signs.
      const float line = ui::font_size(ui.theme.font.body);
      ImGui::SameLine(x + columns.keys);
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round((ui::row_height(ui) - line) * 0.5f));
    }
    ui::paragraph(ui, row.meaning, ui.theme.font.body, ui.theme.color.ink);
  }
}

void draw_topics(ui::Ui& ui, const Columns& columns) {
  const auto heading = [&](const char* title) {
    ui::text(ui, title, ui.theme.font.title, ui.theme.color.accent);
  };
  for (const KeyTopic& topic : key_topics()) {
    heading(topic.title);
    draw_rows(ui, topic.rows, columns, true);
  }
  heading("Mouse");
  draw_rows(ui, mouse_rows(), columns, false);
  ui.items.add_last("help/last");
}

// Nothing in the list takes the arrows, so they scroll it.
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
  if (!ImGui::BeginPopupModal(kTitle, nullptr,
                              ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_AlwaysAutoResize |
                                  ImGuiWindowFlags_NoSavedSettings)) {
    return;
  }
  const ImGuiStyle& style = ImGui::GetStyle();
  const float begin = ImGui::GetCursorPosX();
  const ImVec2 room{display.x - theme.px(kAway) - 2 * style.WindowPadding.x,
                    display.y - theme.px(kAway) - 2 * style.WindowPadding.y};
  const Columns columns = columns_within(theme, room.x - style.ScrollbarSize);
  const float width = columns.width + style.ScrollbarSize;
  // The title and the button stay where they are while the rows below them scroll.
  ImFont* font = theme.font.heading;
  const float button = ui::button_width(ui, "Close");
  const char* title = "Keys and mouse";
  if (ui::text_size(font, ui::font_size(font), title).x + button > width) title = "Keys";
  ui::text(ui, title, font, theme.color.ink);
  ImGui::SameLine(begin + width - button);
  const bool close = ui::button(
      ui, "help/close", "Close",
      {.kind = ui::ButtonKind::kPrimary, .tooltip = "Goes back to the page (F1 or Escape)"});
  const float top = ImGui::GetCursorPosY() - style.WindowPadding.y;
  ImGui::BeginChild("help/rows", {width, std::max(1.0f, room.y - top)}, false,
                    ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {style.ItemSpacing.x, 0.0f});
  draw_topics(ui, columns);
  ImGui::PopStyleVar();
  scroll_by_keys(ui);
  ImGui::EndChild();
  ui.items.add_last("help/rows");
  if (close || ui::key_pressed({ui::Key::kEscape})) {
    context.actions.push(ViewCommand::kToggleHelp);
  }
  if (close || !context.view.settings.help || ui::key_pressed({ui::Key::kEscape})) {
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace convscope::panels
