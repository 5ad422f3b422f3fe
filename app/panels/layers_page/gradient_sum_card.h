#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the sum over output channels that makes the gradient of the selected input
// channel, term by term.
void draw_gradient_sum(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
