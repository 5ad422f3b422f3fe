#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// A run that is kept to be compared with.
struct KeptRun {
  std::string label;
  std::vector<double> steps, losses;
};

// The loss of a run, measured and predicted, beside others.
struct LossPanelState {
  bool log_loss = true;
  std::vector<double> steps, losses, distances;    // of the snapshot's history, for the chart
  std::vector<double> predicted_steps, predicted;  // at some of the same steps
  float predicted_rate = 0.0f;
  std::uint64_t charted = 0;  // the snapshot's version
  std::vector<KeptRun> compared, kept;
};

void draw_loss_panel(const PanelContext& context, const Rect& rect, LossPanelState& state);

}  // namespace convscope::panels
