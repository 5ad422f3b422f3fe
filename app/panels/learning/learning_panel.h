#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/panels/learning/landscape_panel.h"
#include "app/panels/learning/target_view.h"
#include "app/panels/parts/context.h"

namespace convscope {

// A run that is kept to be compared with.
struct KeptRun {
  std::string label;
  std::vector<double> steps, losses;
};

// What there is to say of an analysis, made once for each.
struct AnalysisTexts {
  std::shared_ptr<const TrainingAnalysis> of;
  std::string spectrum, slow, all;  // `slow` is empty where learning is not; `all` for the tooltip
};

enum class ErrorView { kError, kTarget, kLandscape };

// Learning a kernel by gradient descent: the controls, the loss, the error or the landscape, and
// the learned kernel beside its gradient.
struct LearningPanelState {
  ui::HeatmapViewState error;
  TargetViewState target;
  ErrorView view = ErrorView::kError;
  bool exact = false;  // the exact answer beside the learned kernel, instead of the gradient
  bool log_loss = true;
  std::vector<double> steps, losses, distances;    // of the snapshot's history, for the chart
  std::vector<double> predicted_steps, predicted;  // at some of the same steps
  float predicted_rate = 0.0f;
  std::uint64_t charted = 0;  // the snapshot's version
  std::vector<KeptRun> compared, kept;
  AnalysisTexts analysis;
};

void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress, LearningPanelState& state);
void draw_loss_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state);
void draw_error_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state,
                      LandscapePanelState& landscape);
void draw_learned_panel(const PanelContext& context, const Rect& rect, LearningPanelState& state);

}  // namespace convscope
