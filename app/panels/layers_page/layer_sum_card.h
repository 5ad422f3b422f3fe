#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the sum over input channels that makes the selected map, term by term.
void draw_layer_sum(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
