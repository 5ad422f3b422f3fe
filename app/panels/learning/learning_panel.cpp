#include "app/panels/learning/learning_panel.h"

#include <cmath>
#include <utility>

#include "app/panels/learning/cliff_offer.h"
#include "app/panels/learning/learning_setup.h"
#include "app/panels/learning/learning_title.h"
#include "app/panels/learning/learning_work.h"
#include "app/panels/learning/rate_controls.h"
#include "app/panels/learning/slow_motion.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/rows.h"

namespace convscope::panels {
namespace {

bool is_running(const PanelContext& context) {
  return context.layer.training != nullptr &&
         context.layer.training->state == TrainingState::kRunning;
}

void draw_run_buttons(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const bool running = is_running(context);
  // The run has diverged, or there is nothing to learn.
  const bool stopped =
      context.layer.training != nullptr && !context.layer.training->message.empty();
  // Slightly narrower than usual, so that all buttons fit in one row of a small window.
  const float width = ui::button_width(ui, "Pause", ui::Icon::kPause) - ui.theme.px(4.0f);
  bool slow = context.layer.step_part.has_value();
  if (ui::button(ui, "learning/run", running ? "Pause" : "Run",
                 {.kind = ui::ButtonKind::kPrimary,
                  .icon = running ? ui::Icon::kPause : ui::Icon::kPlay,
                  .enabled = !stopped,
                  .tooltip = "Run or pause (Space)",
                  .width = width})) {
    context.actions.push(TrainingCommand::kToggle);
  }
  ui::flow(ui, ui::button_width(ui, "Step"));
  if (ui::button(ui, "learning/step", slow ? "Next" : "Step",
                 {.enabled = !stopped && !running,
                  .tooltip = slow ? "The next stage of the step (S)" : "One step (S)",
                  .width = ui::button_width(ui, "Step")})) {
    context.actions.push(TrainingCommand::kStep);
  }
  ui::flow(ui, ui::button_width(ui, "Slow"));
  if (ui::toggle_button(ui, "learning/slow", "Slow", slow,
                        {.tooltip = "Slow motion: a step in four stages (D)"})) {
    context.actions.push(TrainingCommand::kSlowMotion);
  }
  ui::flow(ui, ui::button_width(ui, "Reset"));
  if (ui::button(ui, "learning/reset", "Reset",
                 {.tooltip = "Back to the same start weights (R)"})) {
    context.actions.push(TrainingCommand::kReset);
  }
  ui::flow(ui, ui::button_width(ui, ""));
  if (ui::button(ui, "learning/reseed", "",
                 {.icon = ui::Icon::kReseed, .tooltip = "Reseed: other random start weights"})) {
    LearningScene learning = context.layer.scene.learning;
    ++learning.seed;
    learning.start = Tensor();
    learning.start_bias.clear();
    context.actions.edit(std::move(learning));
  }
}

// Returns the width of the controls in the title's row: back and forth in time, or Cancel during
// long work.
float corner_width(const ui::Ui& ui, bool slow_work) {
  const float gap = ui.theme.px(4.0f);
  return slow_work ? ui::button_width(ui, "Cancel") : 2 * ui::row_height(ui) + gap;
}

void draw_corner(const PanelContext& context, bool slow_work) {
  ui::Ui& ui = context.ui;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const ImVec2 corner = ImGui::GetWindowPos();
  const float left = corner.x + ImGui::GetWindowSize().x - corner_width(ui, slow_work);
  ImGui::SetCursorScreenPos({left, corner.y});
  if (slow_work) {
    if (draw_cancel_button(context)) context.actions.push(TrainingCommand::kCancel);
  } else {
    const TrainingSnapshot* training = context.layer.training;
    const bool any = training != nullptr && !training->history.empty();
    if (ui::button(
            ui, "learning/back", "",
            {.icon = ui::Icon::kLeft,
             .enabled = any && training->step > 0,
             .tooltip = "Back to the state before (Ctrl+←); the run can go on from there"})) {
      context.actions.push(TrainingCommand::kPreviousKeyframe);
    }
    ImGui::SameLine(0.0f, ui.theme.px(4.0f));
    if (ui::button(ui, "learning/forth", "",
                   {.icon = ui::Icon::kRight,
                    .enabled = any && training->step < training->history.back().step,
                    .tooltip = "Forth to the next state of the run (Ctrl+→)"})) {
      context.actions.push(TrainingCommand::kNextKeyframe);
    }
  }
  ImGui::SetCursorScreenPos(below);
}

}  // namespace

void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  const std::string work = work_text(progress, context.layer.step_part.has_value());
  const bool slow_work = !work.empty();
  begin_learning_card(context, rect, work, corner_width(ui, slow_work));
  draw_corner(context, slow_work);
  draw_run_buttons(context);
  draw_rate(context);
  // The slider's labels end below the middle of its box, so the next row may be close.
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({below.x, below.y - ui.theme.px(8.0f)});
  draw_optimizer(context);
  // Beside β there is less room.
  const float beside = has_momentum(context) ? ui.theme.px(5.0f) : -1.0f;
  ImGui::SameLine(0.0f, beside);
  draw_learning_setup(context);
  ImGui::SameLine(0.0f, beside);
  draw_best_rate(context);
  const float gap = context.layer.step_part ? ImGui::GetStyle().ItemSpacing.y : ui.theme.px(3.0f);
  ImGui::SetCursorScreenPos({below.x, std::round(ImGui::GetItemRectMax().y + gap)});
  if (context.layer.step_part) {
    draw_stages(context);
  } else {
    // Small lines, close to each other, so that all have room in a low card.
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                        {ImGui::GetStyle().ItemSpacing.x, std::round(ui.theme.px(2.0f))});
    // Else the handle of the row has it.
    if (context.view.cards().enlarged)
      draw_target_nudge(context, ImGui::GetContentRegionAvail().x, state.nudge);
    draw_cliff_offer(context);
    draw_analysis(context, progress, state.analysis);
    ImGui::PopStyleVar();
  }
  ui::end_card();
}

}  // namespace convscope::panels
