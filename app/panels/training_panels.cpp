// What a run shows: its loss, the error or the landscape, the learned kernel and its gradient.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/panels/learning_panel.h"
#include "app/ui/plot.h"
#include "app/ui/weight_grid.h"
#include "app/ui/widgets.h"
#include "engine/number_text.h"
#include "engine/shape_text.h"

namespace convscope {
namespace {

constexpr std::size_t kMostKept = 3;

std::string point_text(double step, double loss) {
  return "step " + number_text(step, 7) + " · loss " + number_text(loss, 4);
}

// The chart's points; and what plain gradient descent at the present rate gives at the same steps.
void update_points(const PanelContext& context, LearningPanelState& state) {
  const LearningScene& learning = context.scene.learning;
  const TrainingSnapshot* training = context.training;
  if (training == nullptr) return;
  if (state.charted == context.training_version && state.predicted_rate == learning.rate) return;
  state.charted = context.training_version;
  state.predicted_rate = learning.rate;
  state.steps.clear();
  state.losses.clear();
  state.predicted.clear();
  const bool plain = learning.optimizer == OptimizerKind::kSgd && training->analysis != nullptr;
  for (const LossPoint& point : training->history) {
    const auto step = static_cast<double>(point.step);
    state.steps.push_back(step);
    state.losses.push_back(point.loss);
    if (plain) {
      state.predicted.push_back(
          training->analysis->prediction.after(step, static_cast<double>(learning.rate)));
    }
  }
}

std::string run_label(const LearningScene& learning) {
  return std::string(name(learning.optimizer)) + " at " +
         number_text(static_cast<double>(learning.rate), 3);
}

// The axis and the kept runs: in the title's row where there is room, else below it.
void draw_loss_tools(const PanelContext& context, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  constexpr std::array kAxes = {"log", "linear"};
  const bool forget = state.kept.size() >= kMostKept;
  const char* keep = forget ? "Forget" : "Keep";
  const ImVec2 below = ImGui::GetCursorScreenPos();
  const float gap = ui.theme.px(6.0f);
  const float width = ui::segmented_width(ui, kAxes) + gap + ui::button_width(ui, "Forget");
  const bool beside = ImGui::GetContentRegionAvail().x > width + ui.theme.px(64.0f);
  if (beside) {
    const ImVec2 corner = ImGui::GetWindowPos();
    ImGui::SetCursorScreenPos({corner.x + ImGui::GetWindowSize().x - width, corner.y});
  }
  int axis = state.log_loss ? 0 : 1;
  if (ui::segmented(ui, "loss/axis", kAxes, axis)) state.log_loss = axis == 0;
  ImGui::SameLine(0.0f, gap);
  if (ui::button(ui, "loss/keep", keep,
                 {.tooltip = forget ? "Remove the kept runs from the chart"
                                    : "Keep this run in the chart, to compare others with it",
                  .width = ui::button_width(ui, "Forget")})) {
    if (forget) {
      state.kept.clear();
    } else {
      state.kept.push_back({run_label(context.scene.learning), state.steps, state.losses});
    }
  }
  if (beside) ImGui::SetCursorScreenPos(below);
}

void draw_chart(const PanelContext& context, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  const ui::Palette& c = ui.theme.color;
  std::vector<ui::PlotSeries> series;
  ui::PlotSeries measured;
  measured.x = state.steps;
  measured.y = state.losses;
  measured.color = c.accent;
  measured.label = "measured";
  measured.marker_at_end = state.steps.size() == 1;
  series.push_back(measured);
  if (!state.predicted.empty() && state.steps.size() > 1) {
    ui::PlotSeries predicted;
    predicted.x = state.steps;
    predicted.y = state.predicted;
    predicted.color = c.muted;
    predicted.width = 1.5f;
    predicted.dashed = true;
    predicted.label = "predicted";
    series.push_back(predicted);
  }
  const std::array kept_colors = {c.warn, c.good, c.bad};
  for (std::size_t i = 0; i < state.kept.size(); ++i) {
    ui::PlotSeries kept;
    kept.x = state.kept[i].steps;
    kept.y = state.kept[i].losses;
    kept.color = kept_colors[i % kept_colors.size()];
    kept.width = 1.5f;
    kept.label = state.kept[i].label.c_str();
    series.push_back(kept);
  }
  std::vector<ui::PlotMarker> markers;
  const TrainingSnapshot* training = context.training;
  if (training != nullptr && !training->history.empty() && training->message.empty() &&
      state.steps.size() > 1) {
    markers.push_back({static_cast<double>(training->step), training->loss, ""});
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
  args.format_point = point_text;
  args.markers = markers;
  const std::optional<double> at = ui::plot(ui, args);
  // Dragging over the chart goes back and forth in time.
  if (at && ImGui::IsMouseDown(ImGuiMouseButton_Left) && training != nullptr) {
    const auto step = static_cast<Index>(std::llround(std::max(0.0, *at)));
    if (step != training->step) context.actions.push(SeekTraining{step});
  }
}

// A small title over a grid of weights, and the grid, in a column of the card.
std::optional<Yx> draw_grid(const PanelContext& context, const char* id, std::string_view title,
                            const Tensor& all, ImVec2 pos, ImVec2 size) {
  ui::Ui& ui = context.ui;
  const Tensor weight = weight_plane(all, context.shown.filter, context.shown.slice);
  ImGui::SetCursorScreenPos(pos);
  ImGui::BeginGroup();
  const std::string shown = ui::elided(ui.theme.font.small, title, size.x);
  ui::label(ui, shown);
  if (shown.size() < title.size()) ui::tooltip(ui, title);
  ui::WeightGridArgs args;
  args.id = id;
  args.weight = &weight;
  args.style = ui::style_for(weight, 0, context.view.dark, ui::MapChoice::kDiverging);
  args.size = {size.x, std::max(1.0f, size.y - (ImGui::GetCursorScreenPos().y - pos.y))};
  args.editable = false;
  const ui::WeightGridEvent event = ui::weight_grid(ui, args);
  ImGui::EndGroup();
  return event.hovered;
}

// "exact: 1, −1" for few parameters, else how far it is from there.
std::string exact_answer(const TrainingSnapshot& training) {
  if (!training.analysis) return "";
  const std::vector<double>& optimum = training.analysis->spectrum.optimum;
  if (optimum.size() > 2) return "off by " + number_text(training.distance, 3);
  std::string text = "exact: ";
  for (std::size_t i = 0; i < optimum.size(); ++i)
    text += (i == 0 ? "" : ", ") + number_text(optimum[i], 3);
  return text;
}

// Whether the gradient agrees with central differences.
void draw_check(const PanelContext& context, ImVec2 pos) {
  ui::Ui& ui = context.ui;
  const std::optional<GradientCheck>& check = context.training->check;
  ImGui::SetCursorScreenPos(pos);
  if (!check) {
    ui::label(ui, "checked when it pauses");
    return;
  }
  const std::string error = number_text(check->largest_error, 2);
  const bool good = check->passes();
  ui::text(ui, good ? "✓ agrees with finite differences" : "✗ the gradient is off by " + error,
           ui.theme.font.small, good ? ui.theme.color.good : ui.theme.color.bad);
  ui::tooltip(ui, "Largest relative error against central differences: " + error + ", of " +
                      std::to_string(check->checked) + " parameters");
  ui.items.add_last("learned/check");
}

}  // namespace

void draw_loss_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/loss", rect.min(), rect.size(), "Loss");
  update_points(context, state);
  draw_loss_tools(context, state);
  const TrainingSnapshot* training = context.training;
  if (training != nullptr && !training->message.empty()) {
    ui::paragraph(ui, training->message, ui.theme.font.small, ui.theme.color.bad);
    ui.items.add_last("learning/message");
  }
  draw_chart(context, state);
  ui::end_card();
}

void draw_error_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state,
                      LandscapePanelState& landscape) {
  ui::Ui& ui = context.ui;
  ui::begin_card(ui, "card/error", rect.min(), rect.size());
  constexpr std::array kViews = {"Error", "Landscape"};
  int shown = landscape.shown ? 1 : 0;
  if (ui::segmented(ui, "error/view", kViews, shown)) landscape.shown = shown == 1;
  ui::tooltip(ui, landscape.shown
                      ? "The loss over two weights: contours, the way of the run, the exact answer "
                        "(+). Drag to start elsewhere."
                      : "Prediction minus target");
  const TrainingSnapshot* training = context.training;
  if (landscape.shown) {
    draw_landscape(context, landscape, ImGui::GetContentRegionAvail());
  } else if (training != nullptr && training->error) {
    const Tensor& error = *training->error;
    ui::HeatmapArgs args;
    args.id = "error";
    args.tensor = &error;
    args.version = context.training_version;
    args.channel = shown_channel(context, error);
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
  ui::begin_card(ui, "card/learned", rect.min(), rect.size(), "Learned",
                 there ? exact_answer(*training) : "");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 all = ImGui::GetContentRegionAvail();
  if (!there) {
    draw_notice(ui, "learned/notice", "There is nothing to learn yet.", all, ui.theme.color.muted);
    ui::end_card();
    return;
  }
  const float foot = ui::row_height(ui);
  const ImVec2 room{all.x, all.y - foot};
  const Shape& s = training->weight.shape();
  const float gap = ui.theme.px(14.0f);
  std::string weight_title = "weight " + size_text({s.h, s.w});
  if (!training->bias.empty()) {
    weight_title = "weight, bias " + number_text(static_cast<double>(training->bias[0]), 3);
  }
  // Wide kernels one above the other, others side by side.
  const bool stacked = s.w > s.h && room.y > ui.theme.px(190.0f);
  const ImVec2 half = stacked ? ImVec2{room.x, std::floor((room.y - gap) * 0.5f)}
                              : ImVec2{std::floor((room.x - gap) * 0.5f), room.y};
  const ImVec2 second =
      stacked ? ImVec2{at.x, at.y + half.y + gap} : ImVec2{at.x + half.x + gap, at.y};
  draw_grid(context, "learned/weight", weight_title, training->weight, at, half);
  if (const std::optional<Yx> hovered = draw_grid(context, "learned/gradient", "gradient ∂L/∂W",
                                                  training->gradient, second, half)) {
    context.hovered.gradient = hovered;
  }
  draw_check(context, {at.x, at.y + all.y - foot});
  ui::end_card();
}

}  // namespace convscope
