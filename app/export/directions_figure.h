#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns the errors along the eigenvectors as shares of those of the start, with what is
// predicted. Throws Error as require_analysis does.
Figure directions_figure(const Source& source);

}  // namespace convscope::exports
