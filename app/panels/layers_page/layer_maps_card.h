#pragma once

#include "app/panels/layers_page/layer_cards.h"

namespace convscope {

// The feature maps: what the layer gives.
void draw_layer_maps(const LayerCards& cards, const Rect& rect);

}  // namespace convscope
