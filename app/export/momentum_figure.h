#pragma once

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/source.h"

namespace convscope::exports {

// Returns after how many steps the loss is a tenth, over rates and momenta, with the cliff, the
// best point and the present one. Throws Error as require_analysis does, and for Adam.
Figure momentum_figure(const Source& source);

}  // namespace convscope::exports
