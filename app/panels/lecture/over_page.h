#pragma once

#include <imgui.h>

#include <vector>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// Room for the points of a line in pixels, which drawing without pause must not allocate each time.
struct OverPageState {
  std::vector<ImVec2> points;
};

// Draws the strokes of the pen, the spotlight, and, with the pen in hand, its tip. Call when the
// page is drawn, with the pointer where it is.
void draw_over_page(const PanelContext& context, OverPageState& state);

}  // namespace convscope::panels
