#include "app/export/loss_chart.h"

#include <algorithm>
#include <utility>

#include "app/export/plane_block.h"
#include "app/look/compared_run.h"
#include "engine/core/loss_text.h"

namespace convscope::exports {
namespace {

// Losses below differ by rounding only.
double rounding_of(const TrainingSnapshot& training) {
  if (training.analysis) return training.analysis->least.rounding;
  return training.history.empty() ? 0.0 : 1e-14 * training.history.front().loss;
}

ChartSeries series_of(const std::vector<LossPoint>& history, double rounding) {
  ChartSeries series;
  for (const LossPoint& point : history) {
    series.x.push_back(static_cast<double>(point.step));
    series.y.push_back(std::max(point.loss, rounding));
  }
  return series;
}

ChartSeries predicted(const Source& source, const Momentum& momentum, const ChartSeries& measured,
                      double rounding) {
  constexpr std::size_t kMaxPoints = 500;
  ChartSeries series;
  const std::size_t every = (measured.x.size() + kMaxPoints - 1) / kMaxPoints;
  for (std::size_t i = 0; i < measured.x.size(); ++i) {
    if (i % every != 0 && i + 1 != measured.x.size()) continue;
    series.x.push_back(measured.x[i]);
    const double loss = source.training->analysis->prediction.after(
        measured.x[i], static_cast<double>(source.rate), momentum);
    series.y.push_back(std::max(rounding, loss));
  }
  return series;
}

}  // namespace

ChartBlock loss_chart(const Source& source) {
  const TrainingSnapshot& training = require_training(source);
  const Palette palette = palette_of(source);
  const double rounding = rounding_of(training);
  ChartBlock chart;
  chart.title = "Loss";
  chart.subtitle = "step " + std::to_string(training.step) + " · " + loss_text(training.loss, 4);
  chart.x_label = "step";
  chart.log_y = source.log_loss;
  ChartSeries measured = series_of(training.history, rounding);
  measured.label = "measured";
  measured.color = palette.accent;
  const LearningScene& learning = source.results->scene.learning;
  const std::optional<Momentum> momentum =
      momentum_of(optimizer_options(learning.optimizer, learning.tuning));
  if (momentum && training.analysis && measured.x.size() > 1) {
    ChartSeries line = predicted(source, *momentum, measured, rounding);
    line.label = "predicted";
    line.color = palette.ink;
    line.dashed = true;
    line.all_shown = false;
    chart.series.push_back(std::move(line));
  }
  chart.series.insert(chart.series.begin(), std::move(measured));
  for (std::size_t i = 0; i < training.compared.size(); ++i) {
    const ComparedHistory& beside = training.compared[i];
    ChartSeries line = series_of(beside.history, rounding);
    line.label = run_label(beside.run);
    line.color = compared_color(palette, i);
    line.all_shown = false;
    chart.series.push_back(std::move(line));
  }
  return chart;
}

}  // namespace convscope::exports
