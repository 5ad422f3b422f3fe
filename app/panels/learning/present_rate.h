#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

// The rate of the next step, as a number or as a share of the cliff.
namespace convscope::panels {

// What plain gradient descent does at each rate; null where that is not known, and beside the other
// optimizers.
const QuadraticAnalysis* rate_zones(const PanelContext& context);
float present_rate(const PanelContext& context);

// "0.9 × cliff", or "rate 0.03"
std::string rate_name(const PanelContext& context);

// Takes a rate. It stays a share of the cliff where it was one.
void take_rate(const PanelContext& context, double rate, LearningScene& learning);
// Switches between a number and a share, at the same rate or, where that diverges, at 0.9 × cliff.
void take_share(const PanelContext& context, bool share, LearningScene& learning);

}  // namespace convscope::panels
