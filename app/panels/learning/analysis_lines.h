#pragma once

#include <memory>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// What there is to say of an analysis, made once for each.
struct AnalysisTexts {
  std::shared_ptr<const TrainingAnalysis> of;
  std::string spectrum, slow, all;  // `slow` is empty where learning is not; `all` for the tooltip
};

// What cannot be learned, eigenvalues and condition number: as many lines as there is room for; the
// tooltip has them all. While they are computed, how far that has come.
void draw_analysis(const PanelContext& context, const TrainingProgress& progress,
                   AnalysisTexts& texts);

}  // namespace convscope::panels
