#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/look/compared_run.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The curve of a run that is drawn beside the current one for comparison.
struct KeptRun {
  std::string label;
  std::vector<double> steps, losses;
  // For the landscape, of a frozen copy alone: the states that it went through, and what it learned
  // from.
  std::vector<KeyframePtr> keyframes = {};
  std::shared_ptr<const QuadraticLoss> loss = nullptr;
};

using look::compared_color;
using look::run_label;

// The state of the Loss card between frames. It has many data members: each curve, and what the
// curves were made for.
struct LossPanelState {
  bool log_loss = true;  // whether the axis of the loss is logarithmic
  // The step, the loss and the distance to the exact solution of each point of the history.
  std::vector<double> steps, losses, distances;
  std::vector<double> charted_losses;  // the losses, but none below rounding
  // The loss that is predicted for some of these steps, at this rate and with this optimizer.
  std::vector<double> predicted_steps, predicted;
  float predicted_rate = 0.0f;
  OptimizerOptions predicted_optimizer;
  double rounding = 0.0;              // where the logarithmic axis ends, as in LeastLoss
  std::uint64_t charted_version = 0;  // version of the snapshot that the points come from
  std::vector<KeptRun> compared;      // runs that learn beside the current one
  std::vector<KeptRun> kept;          // frozen copies of earlier runs
};

// Takes over the curves of a snapshot, and what the eigenvalues predict at the same steps and this
// rate; nothing for Adam.
void chart_points(const TrainingSnapshot& training, const OptimizerOptions& optimizer, float rate,
                  LossPanelState& state);

// Draws the card with the loss of the run over its steps, measured and predicted, and the other
// runs. Dragging over the chart moves through the steps.
void draw_loss_panel(const PanelContext& context, const Rect& rect, LossPanelState& state);

}  // namespace convscope::panels
