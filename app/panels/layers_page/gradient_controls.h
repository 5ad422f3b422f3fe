#pragma once

#include "app/panels/layers_page/layer_cards.h"
#include "app/panels/names.h"

namespace convscope::panels {

// Draws the controls of a card of the Layers page while it shows gradients: what the loss is, and
// what the card itself has.
void draw_layer_gradient_controls(const LayerCards& cards, Card card);

}  // namespace convscope::panels
