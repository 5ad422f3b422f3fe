#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// The channels of what comes into the layer.
void draw_layer_input(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
