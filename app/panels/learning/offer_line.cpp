#include "app/panels/learning/offer_line.h"

#include <algorithm>
#include <cmath>

#include "app/ui/button_parts.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

bool draw_link(ui::Ui& ui, const Offer& offer, ImVec2 at) {
  const ui::Theme& theme = ui.theme;
  const float size = ui::font_size(theme.font.small);
  const ImVec2 extent{ui::label_width(ui, offer.label), size};
  ImGui::SetCursorScreenPos(at);
  const ui::Pressable link = ui::pressable(ui, offer.name, extent, true);
  const ImU32 color = ui::legible(theme.color.accent, theme.color);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ui::draw_text(list, theme.font.small, size, at, color, offer.label);
  const float line = std::round(at.y + size) - 1.0f;
  if (link.hovered) list->AddRectFilled({at.x, line}, {at.x + extent.x, line + 1}, color);
  ui::tooltip(ui, offer.tooltip);
  return link.clicked;
}

}  // namespace

const Offer* offer_line(ui::Ui& ui, const char* name, std::initializer_list<std::string> texts,
                        ImU32 color, const std::string& tooltip, std::span<const Offer> offers,
                        float width) {
  const ui::Theme& theme = ui.theme;
  const float gap = theme.px(12.0f);
  const float size = ui::font_size(theme.font.small);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  float room = width;
  for (const Offer& offer : offers)
    room -= gap + ui::label_width(ui, offer.label);
  const auto fits = [&](const std::string& text) { return ui::label_width(ui, text) <= room; };
  const auto* found = std::ranges::find_if(texts, fits);
  const std::string text =
      ui::elided(theme.font.small, found != texts.end() ? *found : *(texts.end() - 1), room);
  ImVec2 at{std::round(start.x), std::round(start.y)};
  ui::draw_text(ImGui::GetWindowDrawList(), theme.font.small, size, at,
                ui::legible(color, theme.color), text);
  ImGui::Dummy({ui::label_width(ui, text), size});
  ui.items.add_last(name);
  ui::tooltip(ui, tooltip);
  at.x += ui::label_width(ui, text);
  const Offer* chosen = nullptr;
  for (const Offer& offer : offers) {
    at.x = std::round(at.x + gap);
    if (draw_link(ui, offer, at)) chosen = &offer;
    at.x += ui::label_width(ui, offer.label);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy({width, size});
  return chosen;
}

}  // namespace convscope::panels
