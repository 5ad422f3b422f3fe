#include "app/panels/lecture/empty_page.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
namespace {

// The cards of a page's main row, one for each of the keys 1 to 4, or those of its lower row.
CardSet row_of(Page page, bool lower) {
  CardSet cards = 0;
  for (int i = 0; i <= static_cast<int>(Card::kFacts); ++i) {
    const auto card = static_cast<Card>(i);
    if (page_of(card) == page && in_lower_row(card) == lower) cards |= card_set(card);
  }
  return cards;
}

}  // namespace

void draw_empty_page(const PanelContext& context) {
  const ViewSettings& settings = context.view.settings;
  const CardView& cards = context.view.cards();
  if (!settings.presenting || cards.enlarged) return;
  const CardSet row = row_of(settings.page, false);
  if ((row & ~(cards.hidden | settings.lesson.hidden)) != 0) return;
  const CardSet lower = row_of(settings.page, true) & ~settings.lesson.hidden;
  if (settings.unfolds(cards) && lower != 0) return;
  // A step of a lesson may have its cards on the other page; the digits show none that it hides.
  const bool digits = (row & ~settings.lesson.hidden) != 0;
  const std::string_view text = digits ? "Press 1, 2, 3 or 4 to show a card."
                                       : "The cards of this step are on the other page (L).";
  ui::Ui& ui = context.ui;
  ImFont* font = ui.theme.font.body;
  const float size = ui::font_size(font);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float left = settings.lesson.left;
  const float room = display.x - left - 2 * ui.theme.px(16.0f);
  const auto lines = ui::wrapped_lines(font, std::max(1.0f, room), text);
  float y = std::round((display.y - size * static_cast<float>(lines.size())) * 0.5f);
  ImVec2 min{display.x, y};
  ImVec2 max{left, y};
  for (const std::string_view line : lines) {
    const float width = ui::text_size(font, size, line).x;
    const float x = std::round((left + display.x - width) * 0.5f);
    ui::draw_text(ImGui::GetWindowDrawList(), font, size, {x, y}, ui.theme.color.muted, line);
    y += size;
    min.x = std::min(min.x, x);
    max = {std::max(max.x, x + width), y};
  }
  ui.items.add("lecture/empty", min, max);
}

}  // namespace convscope::panels
