#pragma once

#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/known_rates.h"

// The rate of the next step, as a number or as a share of the cliff.
namespace convscope::panels {

// What the optimizer does at each rate; nullopt where that is not known, and for Adam.
std::optional<KnownRates> present_rates(const PanelContext& context);
// The optimizer with its settings.
OptimizerOptions present_optimizer(const PanelContext& context);
float present_rate(const PanelContext& context);

// "0.9 × cliff", or "rate 0.03"
std::string rate_name(const PanelContext& context);

// Takes a rate. It stays a share of the cliff where it was one.
void take_rate(const PanelContext& context, double rate, LearningScene& learning);
// Switches between a number and a share, at the same rate or, where that diverges, at 0.9 × cliff.
void take_share(const PanelContext& context, bool share, LearningScene& learning);

}  // namespace convscope::panels
