#pragma once

#include "app/panels/layers_page/layer_cards.h"

namespace convscope {

// The filters with their slices and biases.
void draw_layer_filters(const LayerCards& cards, const Rect& rect);

}  // namespace convscope
