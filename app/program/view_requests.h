#pragma once

#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// Requests what the page shows beyond the results: the shift's effect on the Kernel page, a layer's
// stage on the Layers page.
void request_views(Live& live, const View& view);

}  // namespace convscope::program
