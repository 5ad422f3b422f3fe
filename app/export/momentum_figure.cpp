#include "app/export/momentum_figure.h"

#include <string>
#include <utility>

#include "app/export/learning_parts.h"
#include "app/export/plane_block.h"
#include "app/look/plot_axis.h"
#include "app/session/known_rates.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/learning/momentum_map.h"

namespace convscope::exports {
namespace {

using Sample = LegendEntry::Sample;

// "β 0.9, η 0.05"
std::string pair_of(double beta, double rate) {
  return "β " + number_text(beta, 3) + ", η " + number_text(rate, 3);
}

void put_cliff(const Source& source, const MomentumMapAxes& axes, const KnownRates& known,
               FieldBlock& block) {
  constexpr int kPoints = 48;
  std::vector<FieldPlace> cliff;
  for (const double rate : cliff_rates(known.momentum.nesterov, known.largest, kPoints + 1))
    cliff.push_back({axes.across(rate), static_cast<double>(cliff.size()) / kPoints});
  block.paled = cliff;
  block.paled.push_back({1.0, 1.0});
  block.paled.push_back({1.0, 0.0});
  put_line(block, std::move(cliff),
           {Sample::kLine, "cliff: beyond it diverges", palette_of(source).bad, kWhite});
}

// Writes the steps of some contours above the lower edge, where they have room.
void put_steps(const MomentumMapAxes& axes, const KnownRates& known, FieldBlock& block) {
  constexpr double kApart = 0.2;  // as a share of the axis
  const char* unit = " steps";    // behind the first number only
  for (const StepsMark& mark :
       steps_marks(axes, known.momentum.nesterov, known.largest, known.smallest)) {
    if (!block.notes.empty() && mark.across < block.notes.back().at + kApart) continue;
    block.notes.push_back({mark.across, number_text(mark.steps, 6) + unit});
    unit = "";
  }
}

}  // namespace

Figure momentum_figure(const Source& source) {
  const TrainingSnapshot& training = require_analysis(source);
  const LearningScene& learning = source.results->scene.learning;
  const std::optional<KnownRates> known = known_rates(
      &training.analysis->spectrum, optimizer_options(learning.optimizer, learning.tuning));
  if (!known)
    throw Error(learning.optimizer == OptimizerKind::kAdam
                    ? "there is no map for Adam: its steps depend on the size of past gradients"
                    : "the loss depends on nothing that is learned");
  const auto rate = static_cast<double>(source.rate);
  const double beta = known->momentum.beta;
  const bool nesterov = known->momentum.nesterov;
  const MomentumMapAxes axes = momentum_map_axes(known->largest, known->smallest, rate);
  FieldBlock block;
  block.title = nesterov ? "Rate and Nesterov's momentum" : "Rate and momentum";
  block.subtitle = "steps for a tenth of the loss";
  block.tensor = std::make_shared<const Tensor>(
      momentum_bands(axes, nesterov, known->largest, known->smallest, kFieldPixels));
  block.style = bright_where_small(*block.tensor);
  block.x.name = "rate η";
  for (const AxisTick& tick : log_ticks(axes.lo, axes.hi, kFieldTicks))
    block.x.ticks.push_back({axes.across(tick.value), tick.text});
  block.y.name = "momentum β";
  for (const double each : {0.0, 0.5, 0.9, 0.99})
    block.y.ticks.push_back({MomentumMapAxes::up(each), number_text(each, 3)});
  put_cliff(source, axes, *known, block);
  put_steps(axes, *known, block);
  const BestMomentum best = best_momentum(nesterov, known->largest, known->smallest);
  put_mark(block, {axes.across(best.rate), MomentumMapAxes::up(best.beta)},
           {Sample::kCross, "best: " + pair_of(best.beta, best.rate), palette_of(source).bad});
  put_mark(block, {axes.across(rate), MomentumMapAxes::up(beta)},
           {Sample::kDot, "now: " + pair_of(beta, rate), palette_of(source).linked});
  Figure figure;
  figure.blocks.emplace_back(std::move(block));
  return figure;
}

}  // namespace convscope::exports
