#pragma once

#include "app/panels/parts/context.h"

namespace convscope {

struct TopBarState {
  bool can_undo = false;
  bool can_redo = false;
  bool unsaved = false;  // the scene differs from its file
};

// The name, what concerns the whole window, and the way to the keys.
void draw_top_bar(const PanelContext& context, const Rect& rect, const TopBarState& state);

}  // namespace convscope
