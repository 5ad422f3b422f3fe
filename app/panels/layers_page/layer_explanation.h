#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// The strip: the sum over channels behind a map's cell and what it sees; for every other cell as on
// the Kernel page.
void draw_layer_explanation(const LayerCards& cards, const Rect& rect);

}  // namespace convscope::panels
