#pragma once

#include "app/look/histogram.h"
#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// Draws bars in the colours of their values, as high as their counts, with the ends of the range
// below. A tooltip gives the count of the bar under the pointer. Registers `name`, the area of the
// bars.
void draw_histogram(Ui& ui, const char* name, ImVec2 size, const Histogram& histogram,
                    const HeatmapStyle& style);

}  // namespace convscope::ui
