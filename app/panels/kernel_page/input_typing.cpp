#include "app/panels/kernel_page/input_typing.h"

#include <string>

#include "app/look/number_format.h"
#include "app/panels/parts/editor_box.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/number_input.h"

namespace convscope::panels {
namespace {

using ui::EditEvent;

// Goes on to the next cell of the plane, row by row, after Tab. From the last one Tab goes on with
// what follows the plane where the keyboard had come to it, else with the first cell.
void type_next(const PanelContext& context, const ui::HeatmapEvent& event, ui::TypingEnd end,
               InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const Tensor& input = *context.layer.scene.input.tensor;
  const Shape& s = input.shape();
  const Index count = s.h * s.w;
  const bool forward = end == ui::TypingEnd::kNext;
  const Index cell = state.typing->y * s.w + state.typing->x;
  if (ui.focus.shown() && cell == (forward ? count - 1 : 0)) {
    ui::leave_typing(ui.focus, event.focus_id, end);
    return;
  }
  const Index next = (cell + (forward ? 1 : count - 1)) % count;
  const Yx at{next / s.w, next % s.w};
  const float value = input.at(context.layer.shown.sample, context.layer.shown.input, at.y, at.x);
  state.typing = state.heatmap.cell = at;
  state.heatmap.pans_to_cell = true;
  ui::begin_typing(ui.edit, ImGui::GetID("input/typed"), ui::exact_text(value));
}

}  // namespace

void type_input_value(const PanelContext& context, const ui::HeatmapEvent& event,
                      InputPanelState& state) {
  ui::Ui& ui = context.ui;
  const Tensor& input = *context.layer.scene.input.tensor;
  const ImGuiID id = ImGui::GetID("input/typed");
  // While presenting digits hide and show cards, unless the keyboard has come to the cell.
  const bool takes = !context.view.settings.presenting || event.by_keys;
  if (takes && ui.edit.typing == 0 && event.hovered && !ImGui::GetIO().KeyCtrl &&
      !ImGui::IsMouseDown(0)) {
    const std::string typed = ui::typed_characters();
    if (!typed.empty()) {
      ui::begin_typing(ui.edit, id, typed, true);
      state.typing = event.hovered;
    }
  }
  if (ui.edit.typing != id || !state.typing) return;
  const Yx at = *state.typing;
  if (at.y >= input.shape().h || at.x >= input.shape().w) {
    ui.edit.typing = 0;
    return;
  }
  const CellBox box = editor_box(ui, event, at);
  double value = static_cast<double>(
      input.at(context.layer.shown.sample, context.layer.shown.input, at.y, at.x));
  EditEvent edited;
  const ui::TypingEnd end =
      ui::cell_editor(ui, box.min, box.max, ui.theme.font.body, value, {}, edited);
  if (edited)
    context.actions.push(cell_change(context.layer.shown.sample, at, static_cast<float>(value)));
  if (end == ui::TypingEnd::kNext || end == ui::TypingEnd::kPrevious)
    type_next(context, event, end, state);
}

}  // namespace convscope::panels
