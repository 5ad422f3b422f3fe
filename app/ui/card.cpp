#include "app/ui/card.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::ui {

namespace {

constexpr float kLeastSubtitle = 64.0f;  // the width at scale 1 that a cut subtitle is worth

}  // namespace

void begin_card(Ui& ui, const char* name, ImVec2 pos, ImVec2 size, std::string_view title,
                std::string_view subtitle, float corner) {
  const Theme& theme = ui.theme;
  const ImVec2 min{std::round(pos.x), std::round(pos.y)};
  const ImVec2 max{std::round(pos.x + size.x), std::round(pos.y + size.y)};
  ui.items.add(name, min, max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  // Draws the border as a line: cards fill the window, and a filled border below them would take a
  // software renderer as long as everything else.
  const ImVec2 line_min{min.x + 0.5f, min.y + 0.5f};
  const ImVec2 line_max{max.x - 0.5f, max.y - 0.5f};
  list->AddRectFilled(line_min, line_max, theme.color.card, theme.px(10.0f));
  stroke_rect(list, line_min, line_max, theme.color.line, theme.px(10.0f), 1.0f);
  const float pad_x = std::round(theme.px(12.0f));
  const float pad_y = std::round(theme.px(8.0f));
  ImGui::SetCursorScreenPos({min.x + pad_x, min.y + pad_y});
  const ImVec2 inside{std::max(1.0f, max.x - min.x - 2 * pad_x),
                      std::max(1.0f, max.y - min.y - 2 * pad_y)};
  ImGui::BeginChild(name, inside, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse |
                        ImGuiWindowFlags_NoBackground);
  const float reserved = corner > 0.0f ? corner + theme.px(10.0f) : 0.0f;
  if (!title.empty()) card_title(ui, inside.x - reserved, title, subtitle);
}

void end_card() {
  ImGui::EndChild();
}

void card_title(Ui& ui, float width, std::string_view title, std::string_view subtitle) {
  const Theme& theme = ui.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* bold = theme.font.title;
  const std::string shown = elided(bold, title, width);
  const ImVec2 title_size = text_size(bold, font_size(bold), shown);
  draw_text(list, bold, font_size(bold), at, theme.color.ink, shown);
  ImFont* small = theme.font.small;
  const float gap = theme.px(10.0f);
  // Without room for all of it, symbols and the like, which come first, are left out.
  const float room = width - title_size.x - gap;
  constexpr std::string_view kDot = " · ";
  std::string_view kept = subtitle;
  while (text_size(small, font_size(small), kept).x > room && kept.find(kDot) != kept.npos)
    kept.remove_prefix(kept.find(kDot) + kDot.size());
  std::string rest = elided(small, kept, room);
  // The start of a name tells something, and one letter nothing.
  if (rest.size() < kept.size() && room < theme.px(kLeastSubtitle)) rest.clear();
  // Aligns it with the title's baseline: a font's ascent is 80 % of its line.
  const float baseline = (font_size(bold) - font_size(small)) * 0.8f;
  draw_text(list, small, font_size(small), {at.x + title_size.x + gap, std::round(at.y + baseline)},
            theme.color.muted, rest);
  ImGui::Dummy({width, title_size.y});
  if (rest.size() < subtitle.size() && ImGui::IsItemHovered()) {
    tooltip(ui, subtitle);
  }
}

}  // namespace convscope::ui
