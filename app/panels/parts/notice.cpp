#include "app/panels/parts/notice.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/text_fit.h"
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

// Returns as many of the lines as `height` has room for, at least one. The last of them ends with …
// where others are left out.
std::string in_lines(std::span<const std::string_view> lines, const ImFont* font, float width,
                     float height) {
  const auto room = static_cast<std::size_t>(std::max(1.0f, height / ui::font_size(font)));
  std::string text;
  for (std::size_t i = 0; i < std::min(room, lines.size()); ++i) {
    const bool cut = i + 1 == room && room < lines.size();
    text += (i == 0 ? "" : "\n") +
            (cut ? ui::elided(font, std::string(lines[i]) + " …", width) : std::string(lines[i]));
  }
  return text;
}

}  // namespace

void draw_notice(ui::Ui& ui, const char* name, std::string_view sentence, ImVec2 size,
                 ImU32 color) {
  const std::string text = with_whole_sizes(sentence);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImFont* font = ui.theme.font.body;
  const float wrap = std::max(1.0f, size.x - ui.theme.px(16.0f));
  std::vector<std::string_view> lines = ui::wrapped_lines(font, wrap, text);
  const auto height = [&] { return static_cast<float>(lines.size()) * ui::font_size(font); };
  if (height() > size.y) {
    font = ui.theme.font.small;
    lines = ui::wrapped_lines(font, wrap, text);
  }
  const std::string shown = in_lines(lines, font, wrap, size.y);
  const ImVec2 extent = ui::text_size(font, ui::font_size(font), shown);
  const ImVec2 from{std::round(at.x + (size.x - extent.x) * 0.5f),
                    std::round(at.y + std::max(0.0f, (size.y - extent.y) * 0.5f))};
  ui::draw_text(ImGui::GetWindowDrawList(), font, ui::font_size(font), from, color, shown);
  ImGui::Dummy(size);
  if (height() > size.y && ImGui::IsItemHovered()) ui::tooltip(ui, sentence);
  ui.items.add(name, at, {at.x + size.x, at.y + size.y});
  ui.items.add(std::string(name) + "/text", from, {from.x + extent.x, from.y + extent.y});
}

}  // namespace convscope::panels
