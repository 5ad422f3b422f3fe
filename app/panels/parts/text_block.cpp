#include "app/panels/parts/text_block.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"

namespace convscope::panels {
float TextBlock::line_height() const {
  return std::ceil(ui::font_size(ui_.theme.font.small));
}

void TextBlock::title(std::string_view title, std::string_view subtitle, float reserved) {
  ImGui::SetCursorScreenPos(rest_.min());
  ui::card_title(ui_, rest_.w - reserved, title, subtitle);
  space(std::ceil(ui::font_size(ui_.theme.font.title)) + std::round(ui_.theme.px(4.0f)));
}

bool TextBlock::paragraph(std::string_view text, ImU32 color) {
  const std::vector<std::string_view> lines =
      ui::wrapped_lines(ui_.theme.font.small, rest_.w, text);
  if (line_height() * static_cast<float>(lines.size()) > rest_.h) return false;
  for (const std::string_view each : lines)
    line(each, color);
  return true;
}

bool TextBlock::line(std::string_view text, ImU32 color) {
  if (line_height() > rest_.h) return false;
  draw_small_text(ui_, rest_.min(), ui::elided(ui_.theme.font.small, text, rest_.w),
                  ui::legible(color, ui_.theme.color));
  space(line_height());
  return true;
}

bool TextBlock::row(std::string_view label, std::string_view value, float column) {
  if (line_height() > rest_.h) return false;
  draw_small_text(ui_, rest_.min(), label, ui_.theme.color.muted);
  draw_small_text(ui_, {rest_.x + column, rest_.y}, value, ui_.theme.color.ink);
  space(line_height());
  return true;
}

void TextBlock::space(float pixels) {
  rest_.y += pixels;
  rest_.h = std::max(0.0f, rest_.h - pixels);
}

void draw_small_text(const ui::Ui& ui, ImVec2 at, std::string_view text, ImU32 color) {
  ImFont* font = ui.theme.font.small;
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font),
                {std::round(at.x), std::round(at.y)}, color, text);
}

void draw_small_text_centred(const ui::Ui& ui, ImVec2 centre, std::string_view text, ImU32 color) {
  ImFont* font = ui.theme.font.small;
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), text);
  draw_small_text(ui, {centre.x - extent.x * 0.5f, centre.y - extent.y * 0.5f}, text, color);
}

}  // namespace convscope::panels
