#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the card with the gradients of the shown stage's maps. On the plane of the loss, a click
// makes a cell the loss.
void draw_layer_map_gradients(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
