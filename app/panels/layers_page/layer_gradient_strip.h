#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"
#include "app/panels/parts/rect.h"

namespace convscope::panels {

// Draws the strip that explains the gradient under the pointer: its terms, by how much the cell
// moves the loss, and which cells of the loss's plane it reaches.
void draw_layer_gradient_strip(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
