#include "app/ui/message.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/rows.h"

namespace convscope::ui {

bool message_bar(Ui& ui, const char* name, std::string_view shown, MessageKind kind) {
  const Theme& theme = ui.theme;
  const ImU32 color = kind == MessageKind::kError     ? theme.color.bad
                      : kind == MessageKind::kWarning ? theme.color.warn
                                                      : theme.color.accent;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float pad = std::round(theme.px(12.0f));
  const float close = row_height(ui);
  ImFont* font = theme.font.body;
  const float wrap = std::max(theme.px(40.0f), width - 3 * pad - close);
  const ImVec2 extent = wrapped_text_size(font, font_size(font), wrap, shown);
  const float height = std::max(extent.y, close) + pad;
  const ImVec2 min{std::round(at.x), std::round(at.y)};
  const ImVec2 max{std::round(at.x + width), std::round(at.y + height)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(min, max, mixed(theme.color.card, color, 0.14f), theme.px(10.0f));
  list->AddRectFilled(min, {min.x + theme.px(10.0f), max.y}, color, theme.px(10.0f),
                      ImDrawFlags_RoundCornersLeft);
  list->AddRectFilled({min.x + theme.px(5.0f), min.y}, {min.x + theme.px(10.0f), max.y},
                      mixed(theme.color.card, color, 0.14f));
  list->AddText(font, font_size(font),
                {min.x + pad + theme.px(4.0f), std::round((min.y + max.y - extent.y) * 0.5f)},
                theme.color.ink, shown.data(), shown.data() + shown.size(), wrap);
  ImGui::SetCursorScreenPos({max.x - pad - close, std::round((min.y + max.y - close) * 0.5f)});
  ButtonOptions options;
  options.kind = ButtonKind::kFlat;
  options.icon = Icon::kClose;
  const bool closed = button(ui, (std::string(name) + "/close").c_str(), "", options);
  ImGui::SetCursorScreenPos(min);
  ImGui::Dummy({width, height});
  ui.items.add(name, min, max);
  return closed;
}

}  // namespace convscope::ui
