#pragma once

#include "app/export/figure.h"
#include "app/export/figure_parts.h"
#include "app/export/names.h"

namespace convscope::exports {

BlockSize size_of(const BarsBlock& block, const Fonts& fonts);

// Draws bars with their axis, what the outer ones are, and their legend into `area`.
void draw(const Pen& pen, const BarsBlock& block, const Box& area);

}  // namespace convscope::exports
