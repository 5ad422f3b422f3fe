#pragma once

#include <memory>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The sentences about an analysis, kept because they are the same in every frame.
struct AnalysisTexts {
  std::shared_ptr<const TrainingAnalysis> analysis;  // the analysis that the texts describe
  std::string spectrum;                              // eigenvalues and condition number
  std::string slow;                                  // empty unless learning is slow
  std::string tooltip;                               // all texts and all eigenvalues
};

// Draws what cannot be learned, the eigenvalues and the condition number, in as many lines as there
// is room for; the tooltip has the full text. Draws the progress of the analysis while it is
// computed, and updates `texts` when there is another one.
void draw_analysis(const PanelContext& context, const TrainingProgress& progress,
                   AnalysisTexts& texts);

}  // namespace convscope::panels
