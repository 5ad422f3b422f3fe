#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/known_rates.h"

namespace convscope::panels {

// Returns whether the sum of the squared errors over so many outputs has moved the cliff away from
// the rates that one is used to, so that another choice is offered.
bool is_cliff_moved(const KnownRates& known, const LearningScene& learning, Index outputs);

// Says where the cliff is and why, and offers the mean, or the rate as a share of the cliff.
// Nothing where the cliff is not moved.
void draw_cliff_offer(const PanelContext& context);

}  // namespace convscope::panels
