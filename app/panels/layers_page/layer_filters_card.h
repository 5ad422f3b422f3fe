#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the layer's filters and biases, the selected slice for editing, and the
// options of the convolution.
void draw_layer_filters(const LayerCards& cards, const Rect& rect);
// Draws the card's controls for the inspector.
void draw_layer_filters_controls(const LayerCards& cards);

}  // namespace convscope::panels
