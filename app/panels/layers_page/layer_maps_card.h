#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the feature maps of the shown stage.
void draw_layer_maps(const LayerCards& cards, const Rect& rect);
// Draws the card's controls for the inspector.
void draw_layer_maps_controls(const LayerCards& cards);

}  // namespace convscope::panels
