#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the list of all stages, and the buttons that add, remove and change layers.
void draw_layer_chain(const LayerCards& cards, const Rect& rect);
// Draws the card's controls for the inspector.
void draw_layer_chain_controls(const LayerCards& cards);

}  // namespace convscope::panels
