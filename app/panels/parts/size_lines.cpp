#include "app/panels/parts/size_lines.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"

namespace convscope::panels {

void draw_size_lines(ui::Ui& ui, const char* name, std::string_view height,
                     std::string_view width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const float room = ImGui::GetContentRegionAvail().x;
  const float indent = ui::text_size(font, size, "y  ").x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  float y = at.y - std::round(ui.theme.px(4.0f));
  const auto line = [&](std::string_view axis, std::string_view formula) {
    ui::draw_text(list, font, size, {at.x, y}, ui.theme.color.muted, axis);
    // The result is at the end, so a long formula is written smaller rather than cut.
    const float full = ui::text_size(font, size, formula).x;
    const float fitting = std::clamp((room - indent) / std::max(full, 1.0f), 0.7f, 1.0f);
    ui::draw_text(list, font, std::floor(size * fitting),
                  {at.x + indent, std::round(y + size * (1.0f - fitting) * 0.5f)},
                  ui.theme.color.ink, formula);
    y += std::round(size * 1.02f);
  };
  line("y", height);
  line("x", width);
  ImGui::Dummy({room, y - at.y});
  ui.items.add(name, at, {at.x + room, y});
}

}  // namespace convscope::panels
