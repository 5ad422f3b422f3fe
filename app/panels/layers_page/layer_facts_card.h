#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the layer's shapes and the numbers of its parameters and multiply-adds, each
// as a formula.
void draw_layer_facts(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
