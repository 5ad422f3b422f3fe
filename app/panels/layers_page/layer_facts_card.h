#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// The shapes, the parameters and the multiply-adds as arithmetic.
void draw_layer_facts(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
