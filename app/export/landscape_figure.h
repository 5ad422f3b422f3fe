#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the loss over two parameters or directions: its contours, the path of the run and of
// those beside it, and its minimum. Throws Error as require_analysis does, and for fewer than two
// parameters.
Figure landscape_figure(const Source& source);

}  // namespace convscope::exports
