#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// The filters with their slices and biases.
void draw_layer_filters(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
