#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Draws over the page what the step of the open lesson wants seen: a veil over the cards that it
// holds back, and outlines around what it points at, which close in on it as `arrival` goes from 0
// to 1. Call when the page is drawn; it takes no clicks.
void draw_pointed_places(const PanelContext& context, float arrival);

}  // namespace convscope::panels
