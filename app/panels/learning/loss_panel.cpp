#include "app/panels/learning/loss_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "app/panels/learning/present_rate.h"
#include "app/panels/learning/target_view.h"
#include "app/program/view/names.h"
#include "app/scene/option_limits.h"
#include "app/ui/buttons.h"
#include "app/ui/card.h"
#include "app/ui/imgui_shim.h"
#include "app/ui/list_button.h"
#include "app/ui/plot.h"
#include "app/ui/text.h"
#include "app/ui/text_fit.h"
#include "app/ui/tooltip.h"
#include "engine/core/loss_text.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

constexpr const char* kLog = "log";
constexpr float kLeastChart = 140.0f;  // height with its axis and legend, at scale 1
constexpr std::size_t kMaxBeside = 3;  // more curves beside the run could not be told apart

// Returns a frozen copy of the run.
KeptRun frozen(const PanelContext& context, const LossPanelState& state) {
  const ComparedRun as{context.layer.scene.learning.optimizer, present_rate(context)};
  KeptRun kept{run_label(as), state.steps, state.charted_losses};
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr || !training->analysis) return kept;
  kept.loss = training->analysis->loss;
  for (const KeyframePtr& frame : training->keyframes) {
    if (frame->step < training->step) kept.keyframes.push_back(frame);
  }
  kept.keyframes.push_back(std::make_shared<const Keyframe>(Keyframe{
      training->step, training->loss, {training->weight, training->bias}, training->optimizer}));
  return kept;
}

// Writes loss and distance from the exact solution, while that is known, of a charted step.
std::string point_text(const LossPanelState& state, double step, double charted) {
  const std::string text = "step " + number_text(step, 7) + " · loss ";
  const auto found = std::ranges::lower_bound(state.steps, step);
  if (found == state.steps.end() || *found != step) return text + loss_text(charted, 4);
  const auto i = static_cast<std::size_t>(found - state.steps.begin());
  const double loss = state.losses[i];
  const double distance = state.distances[i];
  return text + loss_text(loss, 4) + (loss < state.rounding ? ", rounding" : "") +
         (std::isnan(distance) ? "" : " · off by " + number_text(distance, 3));
}

// Returns where a logarithmic axis ends: losses below differ by rounding only, and the predicted
// ones, in exact arithmetic, would go on for ever.
double rounding_of(const TrainingSnapshot& training) {
  if (training.analysis) return training.analysis->least.rounding;
  return training.history.empty() ? 0.0 : 1e-14 * training.history.front().loss;
}

void take_compared(const TrainingSnapshot& training, LossPanelState& state) {
  state.compared.clear();
  for (const ComparedHistory& beside : training.compared) {
    KeptRun run{run_label(beside.run), {}, {}};
    for (const LossPoint& point : beside.history) {
      run.steps.push_back(static_cast<double>(point.step));
      run.losses.push_back(std::max(point.loss, state.rounding));
    }
    state.compared.push_back(std::move(run));
  }
}

// Predicts the loss at some of the chart's steps. Each prediction computes a power for each
// parameter, with momentum that of a matrix, so with many parameters there are fewer of them.
void predict_points(const TrainingSnapshot& training, const OptimizerOptions& optimizer, float rate,
                    LossPanelState& state) {
  const std::optional<Momentum> momentum = momentum_of(optimizer);
  state.predicted_steps.clear();
  state.predicted.clear();
  if (!momentum || training.analysis == nullptr) return;
  const std::size_t max_powers = momentum->beta == 0.0 ? 50'000 : 10'000;  // about a millisecond
  const auto modes = static_cast<std::size_t>(training.analysis->spectrum.parameters);
  const std::size_t max_points =
      std::max<std::size_t>(2, max_powers / std::max<std::size_t>(1, modes));
  const std::size_t every = (state.steps.size() + max_points - 1) / max_points;
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    if (i % every != 0 && i + 1 != state.steps.size()) continue;
    state.predicted_steps.push_back(state.steps[i]);
    const double loss =
        training.analysis->prediction.after(state.steps[i], static_cast<double>(rate), *momentum);
    state.predicted.push_back(std::max(loss, state.rounding));
  }
}

// Updates the chart's points, and what is predicted for the same steps at the current rate.
void update_points(const PanelContext& context, LossPanelState& state) {
  const float rate = present_rate(context);
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr) return;
  const OptimizerOptions optimizer = present_optimizer(context);
  if (state.charted_version == context.layer.training_version && state.predicted_rate == rate &&
      state.predicted_optimizer == optimizer)
    return;
  state.charted_version = context.layer.training_version;
  chart_points(*training, optimizer, rate, state);
}

// An entry of the comparison menu.
struct Comparison {
  std::string label;
  ComparedRun run;
};

// Returns the other optimizers at this rate, and this optimizer at other rates.
std::vector<Comparison> comparisons(const PanelContext& context) {
  const LearningScene& learning = context.layer.scene.learning;
  const float rate = present_rate(context);
  std::vector<ComparedRun> runs;
  for (const OptimizerKind kind : {OptimizerKind::kSgd, OptimizerKind::kMomentum,
                                   OptimizerKind::kNesterov, OptimizerKind::kAdam}) {
    if (kind != learning.optimizer) runs.push_back({kind, rate});
  }
  for (const float factor : {0.1f, 0.5f, 2.0f})
    runs.push_back({learning.optimizer, rate * factor});
  const TrainingSnapshot* training = context.layer.training;
  std::optional<ComparedRun> best;
  if (training != nullptr && training->analysis && training->analysis->spectrum.largest > 0.0) {
    best = {OptimizerKind::kSgd, float_rate(training->analysis->spectrum.best_rate)};
  }
  std::vector<Comparison> result;
  result.reserve(runs.size() + 1);
  for (const ComparedRun& run : runs)
    result.push_back({"with " + run_label(run), run});
  if (best) result.push_back({"with the best rate: " + run_label(*best), *best});
  return result;
}

std::size_t shown_beside(const PanelContext& context, const LossPanelState& state) {
  return context.layer.scene.learning.compared.size() + state.kept.size();
}

// Draws the menu of runs that learn beside this one from the same start, and of a frozen copy of
// this run.
void draw_compare(const PanelContext& context, LossPanelState& state) {
  ui::Ui& ui = context.ui;
  const std::vector<Comparison> offered = comparisons(context);
  const bool full = shown_beside(context, state) >= kMaxBeside;
  std::vector<const char*> items;
  if (!full) {
    for (const Comparison& comparison : offered)
      items.push_back(comparison.label.c_str());
    items.push_back("with this run, kept as it is now");
  }
  if (shown_beside(context, state) > 0) items.push_back("with nothing: remove them");
  int chosen = -1;
  if (!ui::menu(ui, "loss/compare", "Compare", items, chosen)) return;
  LearningScene learning = context.layer.scene.learning;
  const auto index = static_cast<std::size_t>(chosen);
  if (!full && index < offered.size()) {
    learning.compared.push_back(offered[index].run);
    context.actions.edit(std::move(learning));
  } else if (!full && index == offered.size()) {
    state.kept.push_back(frozen(context, state));
  } else {
    state.kept.clear();
    learning.compared.clear();
    context.actions.edit(std::move(learning));
  }
}

// Draws the axis and comparison controls, in the title's row if there is room, else below it.
void draw_loss_tools(const PanelContext& context, LossPanelState& state) {
  ui::Ui& ui = context.ui;
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float gap = ui.theme.px(6.0f);
  const float width = ui::button_width(ui, kLog) + gap + ui::menu_width(ui, "Compare");
  const bool beside = ImGui::GetContentRegionAvail().x > width + ui.theme.px(54.0f);
  if (beside) {
    const ImVec2 corner = ImGui::GetWindowPos();
    ImGui::SetCursorScreenPos({corner.x + ImGui::GetWindowSize().x - width, corner.y});
  }
  ui::toggle_button(ui, "loss/log", kLog, state.log_loss,
                    {.tooltip = "Equal factors of the loss are equally far apart; otherwise equal "
                                "differences are"});
  ImGui::SameLine(0.0f, gap);
  draw_compare(context, state);
  ui::tooltip(ui, "Draw other runs from the same start, or this one, beside it");
  if (beside) ImGui::SetCursorScreenPos(below);
}

// Returns the curves of the run, its prediction, and the runs beside it.
std::vector<ui::PlotSeries> chart_series(const ui::Palette& c, const LossPanelState& state) {
  std::vector<ui::PlotSeries> series;
  ui::PlotSeries measured;
  measured.x = state.steps;
  measured.y = state.charted_losses;
  measured.color = c.accent;
  measured.label = "measured";
  measured.marker_at_end = state.steps.size() == 1;
  series.push_back(measured);
  if (!state.predicted.empty() && state.steps.size() > 1) {
    ui::PlotSeries predicted;
    predicted.x = state.predicted_steps;
    predicted.y = state.predicted;
    predicted.color = c.muted;
    predicted.width = 1.5f;
    predicted.dashed = true;
    predicted.label = "predicted";
    predicted.all_shown = false;
    series.push_back(predicted);
  }
  std::size_t beside = 0;
  for (const std::vector<KeptRun>* runs : {&state.compared, &state.kept}) {
    for (const KeptRun& run : *runs) {
      ui::PlotSeries other;
      other.x = run.steps;
      other.y = run.losses;
      other.color = compared_color(c, beside++);
      other.width = 1.5f;
      other.label = run.label.c_str();
      other.all_shown = false;  // a diverging curve would leave no room for the run itself
      series.push_back(other);
    }
  }
  return series;
}

// Writes how the run ended: only the first clause where all of it would leave the chart too little.
void draw_conclusion(ui::Ui& ui, const std::string& sentence) {
  ImFont* font = ui.theme.font.small;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const auto lines = static_cast<float>(ui::wrapped_lines(font, room.x, sentence).size());
  const bool brief = room.y - lines * ui::font_size(font) < ui.theme.px(kLeastChart);
  const std::string shown = brief ? ui::elided(font, ui::first_clause(sentence), room.x) : sentence;
  ui::paragraph(ui, shown, font, ui.theme.color.good);
  ui.items.add_last("learning/notice");
  if (shown != sentence) ui::tooltip(ui, sentence);
}

void draw_chart(const PanelContext& context, LossPanelState& state) {
  ui::Ui& ui = context.ui;
  const std::vector<ui::PlotSeries> series = chart_series(ui.theme.color, state);
  std::vector<ui::PlotMarker> markers;
  const TrainingSnapshot* training = context.layer.training;
  if (training != nullptr && !training->history.empty() && training->message.empty() &&
      state.steps.size() > 1) {
    markers.push_back(
        {static_cast<double>(training->step), std::max(training->loss, state.rounding), ""});
  }
  ui::PlotArgs args;
  args.id = "loss/plot";
  args.size = ImGui::GetContentRegionAvail();
  args.series = series;
  args.log_y = state.log_loss;
  args.x_label = "step";
  if (training == nullptr || training->message.empty()) {
    args.empty_text = "Press Run or Step to see the loss fall.";
  }
  args.format_point = [&state](double step, double loss) { return point_text(state, step, loss); };
  args.markers = markers;
  const auto [at, pressed] = ui::plot(ui, args);
  // Dragging over the chart moves through the steps.
  if (at && pressed && training != nullptr && !training->history.empty()) {
    const auto step = std::clamp<Index>(std::llround(*at), 0, training->history.back().step);
    if (step != training->step) context.actions.push(SeekTraining{step});
  }
}

}  // namespace

void chart_points(const TrainingSnapshot& training, const OptimizerOptions& optimizer, float rate,
                  LossPanelState& state) {
  state.predicted_rate = rate;
  state.predicted_optimizer = optimizer;
  state.steps.clear();
  state.losses.clear();
  state.charted_losses.clear();
  state.distances.clear();
  state.rounding = rounding_of(training);
  take_compared(training, state);
  for (const LossPoint& point : training.history) {
    state.steps.push_back(static_cast<double>(point.step));
    state.losses.push_back(point.loss);
    state.charted_losses.push_back(std::max(point.loss, state.rounding));
    state.distances.push_back(point.distance);
  }
  predict_points(training, optimizer, rate, state);
}

void draw_loss_panel(const PanelContext& context, const Rect& rect, LossPanelState& state) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/loss", rect.min(), rect.size(), "Loss");
  update_points(context, state);
  draw_loss_tools(context, state);
  const TrainingSnapshot* training = context.layer.training;
  if (training != nullptr && !training->message.empty()) {
    ui::paragraph(ui, training->message, ui.theme.font.small, ui.theme.color.bad);
    ui.items.add_last("learning/message");
    if (target_misfits(context) &&
        ui::button(ui, "loss/fit-target", "Fit",
                   {.tooltip = "Scale the target picture to the output's size"})) {
      fit_target(context);
    }
  }
  if (training != nullptr && !training->notice.empty()) {
    draw_conclusion(ui, training->notice);
  }
  draw_chart(context, state);
  ui::end_card();
}

}  // namespace convscope::panels
