#include "app/export/directions_figure.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/export/learning_parts.h"
#include "app/export/plane_block.h"
#include "app/look/number_format.h"
#include "app/session/direction_bars.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::exports {
namespace {

using Sample = LegendEntry::Sample;

Bar bar_of(const DirectionBar& bar, const DirectionAxis& axis, const Palette& c) {
  Bar drawn{axis.base(), axis.place(bar.left), c.accent};
  if (bar.eigenvalue <= 0.0) drawn.color = c.muted;
  if (bar.eigenvalue > 0.0 && axis.log && bar.left < 0.0) drawn.color = c.linked;
  if (bar.envelope && *bar.envelope <= axis.reach) {
    drawn.ticks.emplace_back(axis.place(*bar.envelope), c.muted);
    if (!axis.log) drawn.ticks.emplace_back(axis.place(-*bar.envelope), c.muted);
  }
  if (bar.predicted && std::abs(*bar.predicted) <= axis.reach)
    drawn.ticks.emplace_back(axis.place(*bar.predicted), c.ink);
  return drawn;
}

void put_legend(const std::vector<DirectionBar>& bars, bool log, const Palette& c,
                BarsBlock& block) {
  const auto any = [&](const auto& is) { return std::ranges::any_of(bars, is); };
  block.legend.push_back({Sample::kBar, "what is left of the error", c.accent});
  if (log && any([](const DirectionBar& b) { return b.left < 0.0 && b.eigenvalue > 0.0; }))
    block.legend.push_back({Sample::kBar, "on the other side", c.linked});
  if (any([](const DirectionBar& b) { return b.eigenvalue <= 0.0; }))
    block.legend.push_back({Sample::kBar, "not learned", c.muted});
  if (!any([](const DirectionBar& b) { return b.predicted.has_value(); })) return;
  block.legend.push_back({Sample::kTick, "predicted", c.ink});
  block.legend.push_back({Sample::kTick, "its envelope", c.muted});
}

}  // namespace

Figure directions_figure(const Source& source) {
  const TrainingSnapshot& training = require_analysis(source);
  if (training.along.empty()) throw Error("the errors along the eigenvectors are not known yet");
  constexpr Index kMostBars = 100;
  const LearningScene& learning = source.results->scene.learning;
  const Index row = std::min(source.channel, training.analysis->loss->rows() - 1);
  const std::vector<DirectionBar> bars = direction_bars(
      training, row, static_cast<double>(source.rate),
      momentum_of(optimizer_options(learning.optimizer, learning.tuning)), kMostBars);
  const DirectionAxis axis = direction_axis(bars, source.log_directions);
  const Palette c = palette_of(source);
  BarsBlock block;
  block.title = "Errors along the eigenvectors";
  block.subtitle = "step " + std::to_string(training.step);
  for (const DirectionBar& bar : bars)
    block.bars.push_back(bar_of(bar, axis, c));
  const auto tick = [&](double share, const std::string& text) {
    block.ticks.push_back({axis.place(share), text});
  };
  if (axis.log) {
    for (const int power : {0, -3, -6})
      tick(std::pow(10.0, power), power == 0 ? "1" : power_of_ten_text(power));
  } else {
    for (const double share : {axis.reach, 0.0, -axis.reach})
      tick(share, number_text(share, 2));
  }
  block.first = "λ " + number_text(bars.front().eigenvalue, 3);
  block.last = "λ " + number_text(bars.back().eigenvalue, 3);
  put_legend(bars, axis.log, c, block);
  Figure figure;
  figure.blocks.emplace_back(std::move(block));
  return figure;
}

}  // namespace convscope::exports
