#pragma once

#include "app/panels/layers_page/layer_cards.h"

namespace convscope {

// The channels of what comes into the layer.
void draw_layer_input(const LayerCards& cards, const Rect& rect);

}  // namespace convscope
