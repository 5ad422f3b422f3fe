#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/explanation_line.h"
#include "engine/core/weight_place.h"

namespace convscope::panels {

// "0.5", and "(−0.5)" as it stands behind a sign.
std::string signed_number(double value, int digits);

// "0.41 − 0.03 · (−11.3) = 0.75": what a step, which leads to the weights `after`, does to one.
std::string update_formula(const PanelContext& context, const WeightPlace& place,
                           const Tensor& after);

// A cell of the learned kernel: its value, what the next step makes of it, and the exact answer.
void explain_learned_weight(const PanelContext& context, ExplanationLine& line, Yx cell);

}  // namespace convscope::panels
