#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with ∂L/∂X of the layer's channels and, after the first layer, of a channel of the
// scene's input.
void draw_layer_input_gradient(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
