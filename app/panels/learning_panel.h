#pragma once

#include <vector>

#include "app/panels/context.h"

namespace convscope {

// Learning a kernel by gradient descent: the controls, the loss, the error, and the learned kernel
// beside its gradient.
struct LearningPanelState {
  ui::HeatmapViewState error;
  bool log_loss = true;
  std::vector<double> steps, losses;  // of the snapshot's history, as the chart takes them
  std::uint64_t charted = 0;          // the snapshot's version
};

void draw_learning_panel(const PanelContext& context, const Rect& rect);
void draw_loss_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state);
void draw_error_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state);
void draw_learned_panel(const PanelContext& context, const Rect& rect);

}  // namespace convscope
