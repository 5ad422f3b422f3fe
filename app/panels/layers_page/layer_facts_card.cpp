#include "app/panels/layers_page/layer_facts_card.h"

#include <algorithm>
#include <cmath>

#include "app/program/view/layer_facts.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

// Draws one line with a muted label and its value. A long value is cut and has a tooltip with the
// whole text.
void draw_fact(ui::Ui& ui, const char* name, std::string_view label, const std::string& value,
               float column, float line) {
  if (value.empty()) return;
  ImFont* font = ui.theme.font.small;
  const float size = ui::font_size(font);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float y = std::round(at.y + (line - size) * 0.5f);
  ui::draw_text(list, font, size, {at.x, y}, ui.theme.color.muted, label);
  const std::string shown = ui::elided(font, value, width - column);
  ui::draw_text(list, font, size, {at.x + column, y}, ui.theme.color.ink, shown);
  ImGui::Dummy({width, line});
  if (shown != value) ui::tooltip(ui, value);
  ui.items.add(name, at, {at.x + width, at.y + line});
  ImGui::SetCursorScreenPos({at.x, at.y + line});
}

}  // namespace

void draw_layer_facts(const LayerCards& cards, const Rect& rect) {
  ui::Ui& ui = cards.context.ui;
  ui::begin_card(ui, "card/layer-facts", rect.min(), rect.size(), "Size and cost",
                 stage_name(cards.stage));
  const StageView* view = cards.view;
  if (view != nullptr && stage_tensor(view->layer(), view->request.stage.part) != nullptr) {
    const LayerFacts facts = layer_facts(*view);
    const float column = ui::label_width(ui, "fully connected") + ui.theme.px(14.0f);
    const float max_height = ui.theme.px(26.0f);
    const float line = std::floor(std::min(max_height, ImGui::GetContentRegionAvail().y / 5.0f));
    draw_fact(ui, "facts/shapes", "shapes", facts.shapes, column, line);
    draw_fact(ui, "facts/parameters", "parameters", facts.parameters, column, line);
    draw_fact(ui, "facts/multiply-adds", "multiply-adds", facts.multiply_adds, column, line);
    draw_fact(ui, "facts/linear", "fully connected", facts.linear, column, line);
    draw_fact(ui, "facts/chain", "chain to here", facts.chain, column, line);
  }
  ui::end_card();
}

}  // namespace convscope::panels
