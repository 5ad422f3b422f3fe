#include "app/panels/learning/present_rate.h"

#include "app/scene/option_limits.h"
#include "app/session/training_pace.h"
#include "app/ui/rate_slider.h"
#include "engine/core/number_text.h"

namespace convscope::panels {
namespace {

// Of any optimizer; null while it is not known.
const QuadraticAnalysis* spectrum_of(const PanelContext& context) {
  const TrainingSnapshot* training = context.layer.training;
  if (training == nullptr || !training->analysis) return nullptr;
  const QuadraticAnalysis& spectrum = training->analysis->spectrum;
  return spectrum.largest > 0.0 ? &spectrum : nullptr;
}

}  // namespace

const QuadraticAnalysis* rate_zones(const PanelContext& context) {
  const bool plain = context.layer.scene.learning.optimizer == OptimizerKind::kSgd;
  return plain ? spectrum_of(context) : nullptr;
}

float present_rate(const PanelContext& context) {
  return step_rate(training_pace(context.layer.scene.learning), spectrum_of(context));
}

std::string rate_name(const PanelContext& context) {
  const LearningScene& learning = context.layer.scene.learning;
  const bool share = learning.share_of_cliff > 0.0f && spectrum_of(context) != nullptr;
  return share ? number_text(static_cast<double>(learning.share_of_cliff), 3) + " × cliff"
               : "rate " + number_text(static_cast<double>(learning.rate), 3);
}

void take_rate(const PanelContext& context, double rate, LearningScene& learning) {
  learning.rate = float_rate(rate);
  const QuadraticAnalysis* spectrum = spectrum_of(context);
  if (learning.share_of_cliff > 0.0f && spectrum != nullptr)
    learning.share_of_cliff = static_cast<float>(ui::rounded_rate(rate / spectrum->stable_rate));
}

void take_share(const PanelContext& context, bool share, LearningScene& learning) {
  constexpr double kBelowTheCliff = 0.9;
  const auto rate = static_cast<double>(present_rate(context));
  const QuadraticAnalysis* spectrum = spectrum_of(context);
  learning.rate = float_rate(rate);
  learning.share_of_cliff = 0.0f;
  if (!share) return;
  const bool stable = spectrum != nullptr && rate < spectrum->stable_rate;
  learning.share_of_cliff =
      static_cast<float>(stable ? ui::rounded_rate(rate / spectrum->stable_rate) : kBelowTheCliff);
}

}  // namespace convscope::panels
