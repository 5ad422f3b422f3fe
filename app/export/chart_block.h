#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

// Returns the size of a chart, the same for all.
BlockSize size_of(const ChartBlock& block, const Fonts& fonts);

// Draws a chart with its axes, its lines and, if several have labels, their legend into `area`.
void draw(const Pen& pen, const ChartBlock& block, const Box& area);

}  // namespace convscope::exports
