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

// Of which the rate may be a share: beside Adam that of plain gradient descent. 0 where it is not
// known.
double cliff_of(const PanelContext& context) {
  const QuadraticAnalysis* spectrum = spectrum_of(context);
  if (spectrum == nullptr) return 0.0;
  return cliff_reach(training_pace(context.layer.scene.learning).momentum) / spectrum->largest;
}

}  // namespace

std::optional<KnownRates> present_rates(const PanelContext& context) {
  return known_rates(spectrum_of(context), present_optimizer(context));
}

OptimizerOptions present_optimizer(const PanelContext& context) {
  const LearningScene& learning = context.layer.scene.learning;
  return optimizer_options(learning.optimizer, learning.tuning);
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
  const double cliff = cliff_of(context);
  if (learning.share_of_cliff > 0.0f && cliff > 0.0)
    learning.share_of_cliff = static_cast<float>(ui::rounded_rate(rate / cliff));
}

void take_share(const PanelContext& context, bool share, LearningScene& learning) {
  constexpr double kBelowTheCliff = 0.9;
  const auto rate = static_cast<double>(present_rate(context));
  const double cliff = cliff_of(context);
  learning.rate = float_rate(rate);
  learning.share_of_cliff = 0.0f;
  if (!share) return;
  learning.share_of_cliff =
      static_cast<float>(rate < cliff ? ui::rounded_rate(rate / cliff) : kBelowTheCliff);
}

}  // namespace convscope::panels
