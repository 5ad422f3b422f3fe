#pragma once

#include <imgui.h>

#include <optional>

#include "app/look/range.h"
#include "app/ui/cells.h"
#include "app/ui/names.h"
#include "app/ui/theme.h"

namespace convscope::ui {

// Draws the colour bar with the numbers of its ends, the zero of a diverging map, and a tick at
// `marked`. An arrow at an end says that values of `data` go beyond it, and kPercentilesNote that
// the ends leave out the smallest and the largest values. Needs color_bar_height().
void draw_color_bar(const Theme& theme, ImDrawList* list, ImVec2 min, ImVec2 max,
                    const HeatmapStyle& style, const float* marked,
                    const std::optional<ValueRange>& data = {});
// Returns the height of a colour bar in pixels.
float color_bar_height(const Theme& theme);

}  // namespace convscope::ui
