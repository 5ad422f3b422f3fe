#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

// What a shift of the input did to the output and the pooled plane, while the tool is on.
namespace convscope::panels {

// Returns the line below the title of the plane's card: by how much it moved, else `facts`.
std::string facts_or_move(const PanelContext& context, SweptPlane plane, std::string facts);

// Draws dashed outlines over the plane: around what stood out before the shift, and around the same
// where it has moved to, or is still; the former alone where no shift fits or can be told.
// Registers "output/ghost" or "pooled/ghost" for the last one.
void draw_shift_ghost(const PanelContext& context, SweptPlane plane, const ui::HeatmapEvent& event);

// Returns what is said of the shift, with what was compared, or how to shift where nothing was
// shifted yet; empty while the tool is down.
std::string shift_sentences(const PanelContext& context);

}  // namespace convscope::panels
