#include "app/panels/learning/learning_work.h"

#include <cmath>

#include "app/ui/buttons.h"
#include "engine/core/number_text.h"

namespace convscope::panels {

std::string share_text(const char* what, double share) {
  return std::string(what) + ": " + number_text(std::floor(share * 100.0)) + " %";
}

std::string work_text(const TrainingProgress& progress, bool slow_motion) {
  switch (progress.work) {
    case TrainingProgress::Work::kSums:
      return share_text("summing up", progress.share);
    case TrainingProgress::Work::kReplay:
      return share_text("taking the steps again", progress.share);
    case TrainingProgress::Work::kAnalysis:
      return slow_motion ? share_text("eigenvalues", progress.share) : "";
    case TrainingProgress::Work::kNone:
      break;
  }
  return "";
}

bool draw_cancel_button(const PanelContext& context) {
  return ui::button(context.ui, "learning/cancel", "Cancel", {.tooltip = "Do without it for now"});
}

}  // namespace convscope::panels
