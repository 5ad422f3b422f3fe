#include "app/panels/parts/lower_row.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/parts/card_place.h"
#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {

void draw_lower_handle(const PanelContext& context, const Rect& rect, std::string_view title,
                       std::string_view facts, const std::function<void(const Rect&)>& more) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const bool open = context.view.cards().lower_open;
  const Card first = context.view.on_kernel_page() ? Card::kLearning : Card::kSum;
  ui.focus.section(focus_section(first, CardSection::kTabs));
  const ImVec2 max{rect.x + rect.w, rect.y + rect.h};
  ImDrawList* list = ImGui::GetWindowDrawList();
  // What is drawn into the handle takes clicks before the handle does, and is drawn over it.
  list->ChannelsSplit(2);
  list->ChannelsSetCurrent(1);
  const float pad = std::round(theme.px(12.0f));
  float x = rect.x + pad;
  const auto put = [&](ImFont* font, ImU32 color, std::string_view text) {
    const float room = max.x - pad - x;
    const std::string shown = ui::elided(font, text, room);
    const float size = ui::font_size(font);
    ui::draw_text(list, font, size, {x, std::round(rect.y + (rect.h - size) * 0.5f)}, color, shown);
    x += ui::text_size(font, size, shown).x + std::round(theme.px(10.0f));
  };
  put(theme.font.body, theme.color.ink, open ? "▾" : "▴");
  put(theme.font.body_bold, theme.color.ink, title);
  put(theme.font.small, theme.color.muted, facts);
  if (more) more({x, rect.y, std::max(1.0f, max.x - pad - x), rect.h});
  list->ChannelsSetCurrent(0);
  ImGui::SetCursorScreenPos(rect.min());
  const ui::Pressable handle = ui::pressable(ui, "lower/handle", rect.size(), true);
  if (handle.clicked) context.actions.push(ViewCommand::kToggleLowerRow);
  const bool hovered = handle.hovered;
  if (hovered && !ui.items.find("tooltip"))
    ui::tooltip(ui, open ? "Fold this row away (T)" : "Unfold this row (T)");
  list->AddRectFilled(rect.min(), max, hovered ? theme.color.control_hovered : theme.color.card,
                      theme.px(7.0f));
  ui::stroke_rect(list, rect.min(), max, theme.color.line, theme.px(7.0f), 1.0f);
  list->ChannelsMerge();
}

float begin_lower_row(const Rect& row, float content) {
  ImGui::SetCursorScreenPos(row.min());
  const bool scrolls = content > row.h + 0.5f;
  ImGui::BeginChild("lower", row.size(), false,
                    scrolls ? ImGuiWindowFlags_NoBackground
                            : ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar |
                                  ImGuiWindowFlags_NoScrollWithMouse);
  return -ImGui::GetScrollY();
}

void end_lower_row(const Rect& row, float content) {
  if (content > row.h + 0.5f) {
    ImGui::SetCursorScreenPos({row.x, row.y + content - ImGui::GetScrollY() - 1.0f});
    ImGui::Dummy({1.0f, 1.0f});
  }
  ImGui::EndChild();
}

Rect lower_content(const Rect& row, float content) {
  if (content <= row.h + 0.5f) return row;
  return {row.x, row.y, row.w - ImGui::GetStyle().ScrollbarSize, content};
}

}  // namespace convscope::panels
