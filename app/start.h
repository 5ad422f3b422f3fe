#pragma once

#include <iosfwd>

#include "app/cli/window_options.h"

namespace convscope {

// Opens the window and returns when it is closed. If the options name a screenshot, or if there is
// no display, draws the window off screen instead, saves the picture (without a name as
// convscope.png) and writes its figures to `out`. Throws Error; NoDisplay if nothing can be drawn.
void start(const cli::WindowOptions& options, std::ostream& out);

}  // namespace convscope
