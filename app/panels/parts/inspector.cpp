#include "app/panels/parts/inspector.h"

#include <algorithm>
#include <cmath>

#include "app/panels/parts/card_place.h"
#include "app/ui/buttons.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"

namespace convscope::panels {
namespace {

// Lengths at scale 1.
constexpr float kInset = 16.0f;
constexpr float kTitleGap = 12.0f;
constexpr float kPopupWidth = 420.0f;

// Puts the first control on a row of its own: `flow` compares with the item before it.
void begin_rows() {
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, 0.0f});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, at.y - ImGui::GetStyle().ItemSpacing.y});
}

void draw_popup(const PanelContext& context, const std::function<void()>& controls) {
  ui::Ui& ui = context.ui;
  ImGui::SameLine(0.0f, ui.theme.px(kTitleGap));
  if (ui::button(ui, "inspector/open", "Controls…",
                 {.tooltip = "The controls of the selected card"})) {
    ImGui::OpenPopup("inspector/popup");
  }
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.theme.px(kPopupWidth), display.x - ui.theme.px(32.0f));
  ImGui::SetNextWindowSizeConstraints({0.0f, 0.0f}, {display.x, display.y * 0.8f});
  if (!ui::begin_popup(ui, "inspector/popup")) return;
  ImGui::BeginGroup();
  ImGui::Dummy({width, 1.0f});
  ImGui::PushItemWidth(width);
  controls();
  ImGui::PopItemWidth();
  ImGui::EndGroup();
  ImGui::EndPopup();
}

}  // namespace

void draw_inspector(const PanelContext& context, const Rect& rect, bool in_popup,
                    std::string_view title, const std::function<void()>& controls) {
  ui::Ui& ui = context.ui;
  const ui::Theme& theme = ui.theme;
  const ImVec2 max{rect.x + rect.w, rect.y + rect.h};
  ui.focus.section(focus_section(context.view.cards().selected, CardSection::kInspector));
  ui.items.add("inspector", rect.min(), max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(rect.min(), max, theme.color.card);
  list->AddLine({rect.x, max.y}, max, theme.color.line);
  const float top = rect.y + std::round(theme.px(4.0f));
  ImGui::SetCursorScreenPos({rect.x + theme.px(kInset), top});
  ui::text(ui, title, theme.font.body_bold, theme.color.ink);
  ui.items.add_last("inspector/title");
  if (context.keeps_back(context.view.cards().selected)) return;
  if (in_popup) {
    draw_popup(context, controls);
    return;
  }
  const float left = ImGui::GetItemRectMax().x + std::round(theme.px(kTitleGap));
  ImGui::SetCursorScreenPos({left, top});
  // It scrolls only where a card has more controls than the rows hold, as those of a stack of
  // photographs in a narrow window.
  ImGui::BeginChild("inspector/rows", {max.x - theme.px(kInset) - left, max.y - top}, false,
                    ImGuiWindowFlags_NoBackground);
  begin_rows();
  controls();
  ImGui::EndChild();
}

}  // namespace convscope::panels
