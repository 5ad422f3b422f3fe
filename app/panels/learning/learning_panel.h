#pragma once

#include "app/panels/learning/analysis_lines.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Learning a kernel by gradient descent: the controls, and what is known of the problem.
struct LearningPanelState {
  AnalysisTexts analysis;
};

void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress, LearningPanelState& state);

}  // namespace convscope::panels
