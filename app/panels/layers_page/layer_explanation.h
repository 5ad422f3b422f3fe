#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the explanation strip. For a cell of a map it has the sum over the channels and the cell's
// receptive field in the scene's input; every other cell is explained as on the Kernel page.
void draw_layer_explanation(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
