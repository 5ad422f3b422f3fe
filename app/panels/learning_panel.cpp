#include "app/panels/learning_panel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/plot.h"
#include "app/ui/rate_slider.h"
#include "app/ui/weight_grid.h"
#include "app/ui/widgets.h"
#include "engine/kernels.h"
#include "engine/number_text.h"
#include "engine/shape_text.h"

namespace convscope {
namespace {

using ui::EditEvent;

bool is_running(const PanelContext& context) {
  return context.training != nullptr && context.training->state == TrainingState::kRunning;
}

void draw_run_buttons(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  const bool running = is_running(context);
  const bool stopped =
      context.training != nullptr && context.training->state == TrainingState::kDiverged;
  const float width = ui::button_width(ui, "Pause", ui::Icon::kPause);
  if (ui::button(ui, "learning/run", running ? "Pause" : "Run",
                 {.kind = ui::ButtonKind::kPrimary,
                  .icon = running ? ui::Icon::kPause : ui::Icon::kPlay,
                  .enabled = !stopped,
                  .tooltip = "Run or pause (Space)",
                  .width = width})) {
    context.actions.push(TrainingCommand::kToggle);
  }
  ui::flow(ui, ui::button_width(ui, "Step"));
  if (ui::button(ui, "learning/step", "Step",
                 {.enabled = !stopped && !running, .tooltip = "One step (S)"})) {
    context.actions.push(TrainingCommand::kStep);
  }
  ui::flow(ui, ui::button_width(ui, "Reset"));
  if (ui::button(ui, "learning/reset", "Reset",
                 {.tooltip = "Back to the same start weights (R)"})) {
    context.actions.push(TrainingCommand::kReset);
  }
  ui::flow(ui, ui::button_width(ui, "Reseed"));
  if (ui::button(ui, "learning/reseed", "Reseed", {.tooltip = "Other random start weights"})) {
    context.actions.push(TrainingCommand::kReseed);
  }
}

void draw_rate(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  const std::string shown = "rate " + number_text(static_cast<double>(learning.rate), 3);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  // On the height of the track, whose slider may have labels below it.
  const float track = ui::rate_slider_height(ui, {});
  ImGui::SetCursorScreenPos({at.x, at.y - (ui::row_height(ui) - track) * 0.5f});
  ui::text(ui, shown, ui.theme.font.body, ui.theme.color.ink);
  // The slider begins at the same place whatever the number.
  ImGui::SetCursorScreenPos({at.x + ui.theme.px(104.0f), at.y});
  ui::RateSliderArgs args;
  args.id = "learning/rate";
  args.width = ImGui::GetContentRegionAvail().x;
  if (const EditEvent event = ui::rate_slider(ui, args, learning.rate)) {
    context.actions.edit(learning, event.continues);
  }
}

// A hidden kernel that nobody has seen, of the kernel panel's size.
Tensor another_hidden_kernel(const Scene& scene) {
  const Shape& s = scene.kernel.weight.shape();
  // Seeds of hidden kernels are far from those of start weights, which would be learned already.
  const std::uint64_t seed = scene.learning.seed + 1000003u;
  Tensor hidden = random_weight({1, 1, s.h, s.w}, seed);
  if (hidden == scene.learning.hidden) hidden = random_weight({1, 1, s.h, s.w}, seed + 1);
  return hidden;
}

void draw_target(const PanelContext& context) {
  ui::Ui& ui = context.ui;
  LearningScene learning = context.scene.learning;
  constexpr std::array kTargets = {"hidden", "above", "new hidden"};
  auto target = static_cast<int>(learning.target);
  ui::label(ui, "target");
  ui::flow(ui, ui::combo_width(ui, kTargets));
  if (ui::combo(ui, "learning/target", kTargets, target, true)) {
    if (target == 2) learning.hidden = another_hidden_kernel(context.scene);
    learning.target = target == 1 ? LearningTarget::kPanelKernel : LearningTarget::kHiddenKernel;
    context.actions.edit(learning);
  }
  ui::tooltip(ui,
              "Whose output is to be met: that of a kernel that is not shown (at first [1, −1]), "
              "or of the one above");
  constexpr std::array kLosses = {"sum", "mean"};
  auto loss = static_cast<int>(learning.reduction);
  ui::flow(ui, ui::segmented_width(ui, kLosses));
  if (ui::segmented(ui, "learning/loss", kLosses, loss)) {
    learning.reduction = static_cast<LossReduction>(loss);
    context.actions.edit(learning);
  }
  ui::tooltip(ui, "The loss: sum or mean of the squared errors");
  Index steps = learning.steps_per_frame;
  const EditEvent event = [&] {
    ui::flow(ui, ui::field_width(ui, "steps a frame"));
    return ui::int_field(ui, "learning/steps", "steps a frame", steps, 1, 10000,
                         "steps between two pictures while it runs");
  }();
  if (event) {
    learning.steps_per_frame = static_cast<int>(steps);
    context.actions.edit(learning, event.continues);
  }
}

std::string progress_text(const TrainingSnapshot& training) {
  return "step " + count_text(training.step) + " · loss " + number_text(training.loss, 4);
}

std::string point_text(double step, double loss) {
  return "step " + number_text(step, 7) + " · loss " + number_text(loss, 4);
}

// A small title over a grid of weights, and the grid, in a column of the card.
void draw_grid(const PanelContext& context, const char* id, std::string_view title,
               const Tensor& weight, ImVec2 pos, ImVec2 size) {
  ui::Ui& ui = context.ui;
  ImGui::SetCursorScreenPos(pos);
  ImGui::BeginGroup();
  ui::label(ui, title);
  ui::WeightGridArgs args;
  args.id = id;
  args.weight = &weight;
  args.style = ui::style_for(weight, 0, context.view.dark, ui::MapChoice::kDiverging);
  args.size = {size.x, std::max(1.0f, size.y - (ImGui::GetCursorScreenPos().y - pos.y))};
  args.editable = false;
  ui::weight_grid(ui, args);
  ImGui::EndGroup();
}

}  // namespace

void draw_learning_panel(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.training;
  const std::string subtitle =
      training != nullptr && training->message.empty() ? progress_text(*training) : "";
  ui::begin_card(ui, "card/learning", rect.min(), rect.size(), "Learning", subtitle);
  draw_run_buttons(context);
  draw_rate(context);
  draw_target(context);
  ui::end_card();
}

void draw_loss_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  const bool mean = context.scene.learning.reduction == LossReduction::kMean;
  ui::begin_card(ui, "card/loss", rect.min(), rect.size(), "Loss",
                 mean ? "mean of squares" : "sum of squares");
  if (context.training != nullptr && state.charted != context.training_version) {
    state.charted = context.training_version;
    state.steps.clear();
    state.losses.clear();
    for (const LossPoint& point : context.training->history) {
      state.steps.push_back(static_cast<double>(point.step));
      state.losses.push_back(point.loss);
    }
  }
  // The switch of the axis stands in the title's row.
  constexpr std::array kAxes = {"log", "linear"};
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float width = ui::segmented_width(ui, kAxes);
  if (ImGui::GetContentRegionAvail().x > width + ui.theme.px(190.0f)) {
    const ImVec2 corner = ImGui::GetWindowPos();
    ImGui::SetCursorScreenPos({corner.x + ImGui::GetWindowSize().x - width, corner.y});
  }
  int axis = state.log_loss ? 0 : 1;
  if (ui::segmented(ui, "loss/axis", kAxes, axis)) state.log_loss = axis == 0;
  if (ImGui::GetItemRectMin().y < below.y) ImGui::SetCursorScreenPos(below);
  const TrainingSnapshot* training = context.training;
  if (training != nullptr && !training->message.empty()) {
    ui::paragraph(ui, training->message, ui.theme.font.small, ui.theme.color.bad);
    ui.items.add_last("learning/message");
  }
  ui::PlotSeries series;
  series.x = state.steps;
  series.y = state.losses;
  series.color = ui.theme.color.accent;
  series.marker_at_end = true;
  ui::PlotArgs args;
  args.id = "loss/plot";
  args.size = ImGui::GetContentRegionAvail();
  args.series = {&series, 1};
  args.log_y = state.log_loss;
  args.x_label = "step";
  args.empty_text = "Press Run or Step to see the loss fall.";
  args.format_point = point_text;
  ui::plot(ui, args);
  ui::end_card();
}

void draw_error_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/error", rect.min(), rect.size(), "Error", "prediction − target");
  const TrainingSnapshot* training = context.training;
  if (training != nullptr && training->error) {
    const Tensor& error = *training->error;
    ui::HeatmapArgs args;
    args.id = "error";
    args.tensor = &error;
    args.version = context.training_version;
    args.channel = shown_channel(context, error.shape().c);
    args.style =
        context.styles.style("error", error, context.training_version, args.channel, context.view);
    if (context.view.colors == ui::MapChoice::kAuto) {
      // Errors are signed even when all happen to be positive.
      const float reach = std::max(std::abs(args.style.lo), std::abs(args.style.hi));
      args.style.map = context.view.dark ? ColorMap::kDivergingDark : ColorMap::kDiverging;
      args.style.lo = -reach;
      args.style.hi = reach;
    }
    args.size = ImGui::GetContentRegionAvail();
    args.symbol = "E";
    ui::heatmap_view(ui, args, state.error);
  } else {
    draw_notice(ui, "error/notice", "There is no error to show yet.",
                ImGui::GetContentRegionAvail(), ui.theme.color.muted);
  }
  ui::end_card();
}

void draw_learned_panel(const PanelContext& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const TrainingSnapshot* training = context.training;
  const bool there = training != nullptr && !training->weight.empty();
  std::string subtitle;
  if (there) {
    const Shape& s = training->weight.shape();
    subtitle = size_text({s.h, s.w});
  }
  ui::begin_card(ui, "card/learned", rect.min(), rect.size(), "Learned kernel", subtitle);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (there) {
    const Shape& s = training->weight.shape();
    const float gap = ui.theme.px(14.0f);
    // Wide kernels one above the other, others side by side.
    if (s.w > s.h && room.y > ui.theme.px(190.0f)) {
      const ImVec2 half{room.x, std::floor((room.y - gap) * 0.5f)};
      draw_grid(context, "learned/weight", "weight", training->weight, at, half);
      draw_grid(context, "learned/gradient", "gradient ∂L/∂W", training->gradient,
                {at.x, at.y + half.y + gap}, half);
    } else {
      const ImVec2 half{std::floor((room.x - gap) * 0.5f), room.y};
      draw_grid(context, "learned/weight", "weight", training->weight, at, half);
      draw_grid(context, "learned/gradient", "gradient ∂L/∂W", training->gradient,
                {at.x + half.x + gap, at.y}, half);
    }
  } else {
    draw_notice(ui, "learned/notice", "There is nothing to learn yet.", room, ui.theme.color.muted);
  }
  ui::end_card();
}

}  // namespace convscope
