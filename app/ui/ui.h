#pragma once

#include "app/ui/edit_state.h"
#include "app/ui/focus.h"
#include "app/ui/heatmap_painter.h"
#include "app/ui/item_registry.h"
#include "app/ui/names.h"
#include "app/ui/theme.h"

namespace convscope::ui {

// What every panel draws with. It is passed by reference, because there are no globals.
struct Ui {
  const Theme& theme;  // colours, fonts and sizes at the current scale
  HeatmapPainter& painter;
  ItemRegistry& items;  // rectangles of this frame's items by name, for tests
  EditState& edit;      // the number being typed or dragged; lives between frames
  Focus& focus;         // which control the keyboard has reached; lives between frames
};

}  // namespace convscope::ui
