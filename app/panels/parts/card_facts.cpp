#include "app/panels/parts/card_facts.h"

#include <cmath>

#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {

void draw_card_facts(const PanelContext& context, Card card, const char* name,
                     std::string_view text) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string shown = ui::elided(font, text, room);
  const ImVec2 extent = ui::text_size(font, size, shown);
  const ImVec2 max{at.x + std::max(1.0f, extent.x), at.y + size};
  const ui::Pressable facts = ui::pressable(ui, name, {max.x - at.x, max.y - at.y}, true);
  if (facts.clicked) context.actions.push(SelectCard{card});
  const bool hovered = facts.hovered;
  ui::draw_text(ImGui::GetWindowDrawList(), font, size, at,
                hovered ? theme.color.ink : theme.color.muted, shown);
  if (hovered) {
    const float line = std::round(at.y + size * 0.92f);
    ImGui::GetWindowDrawList()->AddLine({at.x, line}, {max.x, line}, theme.color.muted);
    ui::tooltip(ui, shown.size() < text.size() ? text : "Click to change it above");
  }
}

std::string brief_pair_text(Yx pair) {
  if (pair.y == pair.x) return std::to_string(pair.y);
  return std::to_string(pair.y) + ", " + std::to_string(pair.x);
}

std::string brief_padding_text(const Padding& padding) {
  if (padding.top == padding.bottom && padding.left == padding.right)
    return brief_pair_text({padding.top, padding.left});
  return "top " + std::to_string(padding.top) + ", bottom " + std::to_string(padding.bottom) +
         ", left " + std::to_string(padding.left) + ", right " + std::to_string(padding.right);
}

}  // namespace convscope::panels
