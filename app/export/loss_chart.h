#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the loss of the run over its steps, with what plain gradient descent is predicted to give
// and the runs that are compared. Throws Error where nothing is learned.
ChartBlock loss_chart(const Source& source);

}  // namespace convscope::exports
