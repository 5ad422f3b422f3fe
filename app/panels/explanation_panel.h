#pragma once

#include <cstdint>
#include <optional>

#include "app/panels/context.h"
#include "engine/explain_gradient.h"

namespace convscope {

// The sum behind a gradient takes a pass over the error: it is kept while the cell is the same.
struct ExplanationPanelState {
  std::optional<WeightPlace> gradient;
  std::uint64_t version = 0;
  GradientSum sum;
};

// One strip that explains the cell under the pointer, in whichever panel it is.
void draw_explanation_panel(const PanelContext& context, const Rect& rect,
                            ExplanationPanelState& state);

}  // namespace convscope
