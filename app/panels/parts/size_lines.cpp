#include "app/panels/parts/size_lines.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {

void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height,
                     std::string_view width) {
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const float indent = ui::text_size(font, size, "y  ").x;
  const float taken = indent + std::ceil(std::max(ui::text_size(font, size, height).x,
                                                  ui::text_size(font, size, width).x));
  const float gap = ui.theme.px(12.0f);
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  const bool beside = ImGui::GetItemRectMax().x + gap + taken <= right;
  if (!beside && ImGui::GetContentRegionAvail().y < ui::row_height(ui)) return;
  if (beside) ImGui::SameLine(0.0f, gap);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = std::round(size * 0.95f);
  const float top = at.y + std::round((ui::row_height(ui) - line - size) * 0.5f);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto draw = [&](float y, std::string_view axis, std::string_view formula) {
    ui::draw_text(list, font, size, {at.x, y}, ui.theme.color.muted, axis);
    ui::draw_text(list, font, size, {at.x + indent, y}, ui.theme.color.ink, formula);
  };
  draw(top, "y", height);
  draw(top + line, "x", width);
  ImGui::Dummy({taken, ui::row_height(ui)});
  ui.items.add(name, {at.x, top}, {at.x + taken, top + line + size});
}

void draw_note_line(ui::Ui& ui, const char* name, std::string_view text) {
  const float gap = ui.theme.px(12.0f);
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  const bool below = ImGui::GetContentRegionAvail().y >= ui::row_height(ui);
  const bool beside = ImGui::GetItemRectMax().x + gap + ui::label_width(ui, text) <= right;
  if (!below && !beside) return;
  if (!below) ImGui::SameLine(0.0f, gap);
  const std::string shown = ui::elided(ui.theme.font.small, text, ImGui::GetContentRegionAvail().x);
  ui::label(ui, shown);
  if (shown.size() < text.size()) ui::tooltip(ui, text);
  ui.items.add_last(name);
}

}  // namespace convscope::panels
