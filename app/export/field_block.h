#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

BlockSize size_of(const FieldBlock& block, const Fonts& fonts, const FigureLook& look);

// Draws a field with its axes, what lies over it, its legend and its colour bar into `area`.
void draw(const Pen& pen, const FieldBlock& block, const Box& area);

}  // namespace convscope::exports
