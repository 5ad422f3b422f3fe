#include "app/panels/kernel_page/input_edits.h"

#include <array>

#include "app/panels/kernel_page/shift_panel.h"
#include "app/ui/buttons.h"
#include "app/ui/fields.h"
#include "app/ui/list_button.h"
#include "app/ui/popup.h"
#include "app/ui/rows.h"
#include "app/ui/text.h"
#include "app/ui/tooltip.h"

namespace convscope::panels {
namespace {

constexpr std::array kLabels = {"shift…",
                                "transpose",
                                "rotate 90° to the left",
                                "rotate 90° to the right",
                                "flip left and right",
                                "flip top and bottom",
                                "invert: 1 − x",
                                "scale the values…",
                                "add noise…",
                                "threshold…",
                                "clear"};
// The entries of the menu, in the order of their labels.
enum class InputEdit {
  kShift,
  kTranspose,
  kRotateLeft,
  kRotateRight,
  kFlipSides,
  kFlipEnds,
  kInvert,
  kScale,
  kNoise,
  kThreshold,
  kClear,
};

constexpr const char* kScalePopup = "input/edit/scale";
constexpr const char* kNoisePopup = "input/edit/noise";
constexpr const char* kThresholdPopup = "input/edit/threshold";

void perform(const PanelContext& context, InputEdit edit) {
  Actions& actions = context.actions;
  switch (edit) {
    case InputEdit::kShift:
      return actions.push(ShiftTool{true, context.view.shift.fill});
    case InputEdit::kTranspose:
      return actions.push(transpose_change());
    case InputEdit::kRotateLeft:
    case InputEdit::kRotateRight:
      return actions.push(rotate_change(edit == InputEdit::kRotateRight));
    case InputEdit::kFlipSides:
    case InputEdit::kFlipEnds:
      return actions.push(flip_change(edit == InputEdit::kFlipSides));
    case InputEdit::kInvert:
      return actions.push(invert_change());
    case InputEdit::kClear:
      return actions.push(clear_change());
    case InputEdit::kScale:
      ImGui::OpenPopup(kScalePopup);
      return;
    case InputEdit::kNoise:
      ImGui::OpenPopup(kNoisePopup);
      return;
    case InputEdit::kThreshold:
      ImGui::OpenPopup(kThresholdPopup);
      return;
  }
}

ui::FieldOptions any_number(const char* tooltip) {
  ui::FieldOptions options;
  options.limits = {-ui::kMaxNumber, ui::kMaxNumber, 0.1};
  options.tooltip = tooltip;
  return options;
}

// Draws the button that makes the edit, and stays open so that it can be made again.
void draw_apply(const PanelContext& context, const char* name, const char* label,
                const InputChange& change) {
  if (ui::button(context.ui, name, label, {.kind = ui::ButtonKind::kPrimary}))
    context.actions.push(change);
}

void draw_scale(const PanelContext& context, InputEditNumbers& numbers) {
  ui::Ui& ui = context.ui;
  if (!ui::begin_popup(ui, kScalePopup)) return;
  ui::label(ui, "each value x becomes");
  ui::float_field(ui, "input/scale-factor", "x times", numbers.factor,
                  any_number("what all values are multiplied with"));
  ui::float_field(ui, "input/scale-summand", "plus", numbers.summand,
                  any_number("what is added to all values then"));
  draw_apply(context, "input/scale-apply", "Scale", scale_change(numbers.factor, numbers.summand));
  ImGui::EndPopup();
}

void draw_noise(const PanelContext& context, InputEditNumbers& numbers) {
  ui::Ui& ui = context.ui;
  if (!ui::begin_popup(ui, kNoisePopup)) return;
  ui::label(ui, "normally distributed, with mean 0");
  ui::FieldOptions deviation = any_number("standard deviation of the noise");
  deviation.limits = {0.0, ui::kMaxNumber, 0.01};
  ui::float_field(ui, "input/noise-deviation", "deviation", numbers.deviation, deviation);
  ui::int_field(ui, "input/noise-seed", "seed", numbers.seed, 0, 999999,
                "the same seed gives the same noise");
  draw_apply(context, "input/noise-apply", "Add noise",
             noise_change(numbers.deviation, static_cast<std::uint64_t>(numbers.seed)));
  ImGui::EndPopup();
}

void draw_threshold(const PanelContext& context, InputEditNumbers& numbers) {
  ui::Ui& ui = context.ui;
  if (!ui::begin_popup(ui, kThresholdPopup)) return;
  ui::label(ui, "1 from this value on, 0 below it");
  ui::float_field(ui, "input/threshold-least", "value", numbers.least,
                  any_number("the least value that becomes 1"));
  draw_apply(context, "input/threshold-apply", "Threshold", threshold_change(numbers.least));
  ImGui::EndPopup();
}

}  // namespace

void draw_input_edits(const PanelContext& context, InputEditNumbers& numbers) {
  ui::Ui& ui = context.ui;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float menu = ui::menu_width(ui, "Edit");
  const float transpose = ui::button_width(ui, "Transpose");
  if (ui::has_room(ui, shift_button_width(ui) + gap + transpose + gap + menu))
    draw_shift_button(context);
  if (ui::has_room(ui, transpose + gap + menu)) {
    bool transposed = context.layer.scene.input.transposed;
    ui::flow(ui, transpose);
    if (ui::toggle_button(ui, "input/transpose", "Transpose", transposed,
                          {.tooltip = "Swap rows and columns: Xᵀ in place of X"}))
      perform(context, InputEdit::kTranspose);
  }
  int chosen = -1;
  ui::flow(ui, menu);
  const bool edits = ui::menu(ui, "input/edit", "Edit", kLabels, chosen);
  ui::tooltip(ui, "Changes every cell of the input at once, or moves them");
  if (edits) perform(context, static_cast<InputEdit>(chosen));
  draw_scale(context, numbers);
  draw_noise(context, numbers);
  draw_threshold(context, numbers);
}

}  // namespace convscope::panels
