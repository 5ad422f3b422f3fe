#include "app/ui/key_caps.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"

namespace convscope::ui {
namespace {

constexpr float kHeight = 26.0f;   // lengths at scale 1
constexpr float kPadding = 14.0f;  // left and right of the text together
constexpr float kGap = 5.0f;

float cap_width(const Theme& theme, float text) {
  return std::ceil(std::max(text + theme.px(kPadding), std::round(theme.px(kHeight))));
}

// A plus sign at the start of a part is the key itself: "Ctrl++".
std::size_t end_of_part(std::string_view keys) {
  return keys.find('+', 1);
}

}  // namespace

float key_caps_width(const Ui& ui, std::string_view keys) {
  const ImFont* font = ui.theme.font.small;
  const auto extent = [&](std::string_view part) {
    return text_size(font, font_size(font), part).x;
  };
  float width = -ui.theme.px(kGap);
  while (true) {
    const std::size_t plus = end_of_part(keys);
    width += cap_width(ui.theme, extent(keys.substr(0, plus))) + ui.theme.px(kGap);
    if (plus == std::string_view::npos) return width;
    width += extent("+") + ui.theme.px(kGap);
    keys.remove_prefix(plus + 1);
  }
}

void key_caps(Ui& ui, std::string_view keys) {
  const Theme& theme = ui.theme;
  ImFont* font = theme.font.small;
  const float size = font_size(font);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float x = std::round(at.x);
  const float height = std::round(theme.px(kHeight));
  const float y = std::round(at.y + (row_height(ui) - height) * 0.5f);
  const auto put = [&](std::string_view part, bool cap) {
    const ImVec2 extent = text_size(font, size, part);
    const float width = cap ? cap_width(theme, extent.x) : extent.x;
    if (cap) {
      const float r = theme.px(5.0f);
      list->AddRectFilled({x, y + 2}, {x + width, y + height + 2}, theme.color.line, r);
      list->AddRectFilled({x, y}, {x + width, y + height}, theme.color.line, r);
      list->AddRectFilled({x + 1, y + 1}, {x + width - 1, y + height - 1}, theme.color.control,
                          r - 1);
    }
    draw_text(
        list, font, size,
        {std::round(x + (width - extent.x) * 0.5f), std::round(y + (height - extent.y) * 0.5f)},
        cap ? theme.color.ink : theme.color.muted, part);
    x += width + theme.px(kGap);
  };
  while (!keys.empty()) {
    const std::size_t plus = end_of_part(keys);
    put(keys.substr(0, plus), true);
    if (plus == std::string_view::npos) break;
    put("+", false);
    keys.remove_prefix(plus + 1);
  }
  ImGui::Dummy({x - theme.px(kGap) - at.x, row_height(ui)});
}

}  // namespace convscope::ui
