#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/session/direction_bars.h"

namespace convscope::panels {

// Shows the eigenvector of a bar as a kernel, its eigenvalue, what moves along it and what is left
// of the error, above everything else beside `at`, on the screen. Registers "directions/note".
void draw_direction_note(const PanelContext& context, const DirectionBar& bar, Index row,
                         ImVec2 at);

}  // namespace convscope::panels
