#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// The layers one after the other, and what can be done with them.
void draw_layer_chain(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
