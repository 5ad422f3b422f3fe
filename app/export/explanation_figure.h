#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the sum behind the output cell source.cell: the values under the kernel times its
// weights, for each input channel, and the sum in numbers. Throws Error where there is no output,
// no cell is chosen, or the sum goes over more than a few channels or cells.
Figure explanation_figure(const Source& source);

}  // namespace convscope::exports
