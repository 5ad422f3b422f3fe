#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the layer as one figure: input ⋆ kernel = output, and → pooled if its pooling changes
// anything, as far as the source shows them. Throws Error as stage_block does, and where nothing is
// left.
Figure row_figure(const Source& source);

}  // namespace convscope::exports
