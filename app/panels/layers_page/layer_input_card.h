#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the channels of the layer's input and, after the first layer, the scene's
// input.
void draw_layer_input(const LayerCards& cards, const Rect& rect);
// Draws the card's controls for the inspector.
void draw_layer_input_controls(const LayerCards& cards);

}  // namespace convscope::panels
