#include "app/panels/parts/notice.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"

namespace convscope::panels {

void draw_notice(ui::Ui& ui, const char* name, std::string_view text, ImVec2 size, ImU32 color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.body;
  const float wrap = std::max(1.0f, size.x - ui.theme.px(16.0f));
  const ImVec2 extent = ui::wrapped_text_size(font, ui::font_size(font), wrap, text);
  ImGui::GetWindowDrawList()->AddText(
      font, ui::font_size(font),
      {std::round(at.x + (size.x - extent.x) * 0.5f),
       std::round(at.y + std::max(0.0f, (size.y - extent.y) * 0.5f))},
      color, text.data(), text.data() + text.size(), wrap);
  ImGui::Dummy(size);
  ui.items.add(name, at, {at.x + size.x, at.y + size.y});
}

}  // namespace convscope::panels
