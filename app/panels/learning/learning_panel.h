#pragma once

#include "app/panels/learning/analysis_lines.h"
#include "app/panels/learning/target_nudge.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// The state of the Learning card between frames.
struct LearningPanelState {
  AnalysisTexts analysis;
  TargetNudge nudge;
};

// Draws the card with the controls of gradient descent, and the analysis of the problem or, in slow
// motion, the stages of a step.
void draw_learning_panel(const PanelContext& context, const Rect& rect,
                         const TrainingProgress& progress, LearningPanelState& state);

}  // namespace convscope::panels
