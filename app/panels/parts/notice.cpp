#include "app/panels/parts/notice.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/imgui_shim.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {

namespace {

// Returns the text with spaces in sizes, "2 × 2", at which no line ends.
std::string with_whole_sizes(std::string_view text) {
  constexpr std::string_view kTimes = " × ";
  std::string whole(text);
  for (std::size_t at = whole.find(kTimes); at != std::string::npos; at = whole.find(kTimes, at))
    whole.replace(at, kTimes.size(), "\u00A0×\u00A0");
  return whole;
}

}  // namespace

void draw_notice(ui::Ui& ui, const char* name, std::string_view sentence, ImVec2 size,
                 ImU32 color) {
  const std::string text = with_whole_sizes(sentence);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.body;
  const float wrap = std::max(1.0f, size.x - ui.theme.px(16.0f));
  ImVec2 extent = ui::wrapped_text_size(font, ui::font_size(font), wrap, text);
  if (extent.y > size.y) {
    font = ui.theme.font.small;
    extent = ui::wrapped_text_size(font, ui::font_size(font), wrap, text);
  }
  ImGui::GetWindowDrawList()->AddText(
      font, ui::font_size(font),
      {std::round(at.x + (size.x - extent.x) * 0.5f),
       std::round(at.y + std::max(0.0f, (size.y - extent.y) * 0.5f))},
      color, text.data(), text.data() + text.size(), wrap);
  ImGui::Dummy(size);
  if (extent.y > size.y && ImGui::IsItemHovered()) ui::tooltip(ui, sentence);
  ui.items.add(name, at, {at.x + size.x, at.y + size.y});
}

}  // namespace convscope::panels
