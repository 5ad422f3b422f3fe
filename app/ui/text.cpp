#include "app/ui/text.h"

#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"
#include "app/ui/text_fit.h"

namespace convscope::ui {
namespace {

// Draws text vertically centred in a row of controls.
void row_text(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  const float size = font_size(font);
  const ImVec2 extent = text_size(font, size, shown);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ImGui::GetWindowDrawList(), font, size,
            {std::round(at.x), std::round(at.y + (row_height(ui) - extent.y) * 0.5f)}, color,
            shown);
  ImGui::Dummy({std::ceil(extent.x), row_height(ui)});
}

}  // namespace

void label(Ui& ui, std::string_view shown) {
  row_text(ui, shown, ui.theme.font.small, ui.theme.color.muted);
}

void text(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  row_text(ui, shown, font, legible(color, ui.theme.color));
}

float label_width(const Ui& ui, std::string_view shown) {
  ImFont* font = ui.theme.font.small;
  return std::ceil(text_size(font, font_size(font), shown).x);
}

void paragraph(Ui& ui, std::string_view shown, ImFont* font, ImU32 color) {
  push_font(font);
  ImGui::PushStyleColor(ImGuiCol_Text, legible(color, ui.theme.color));
  wrapped_text(font, ImGui::GetContentRegionAvail().x, shown);
  ImGui::PopStyleColor();
  pop_font();
}

void wrapped_text(const ImFont* font, float width, std::string_view shown) {
  std::string lines;
  for (const std::string_view line : wrapped_lines(font, width, shown)) {
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
}

}  // namespace convscope::ui
