#pragma once

#include <iosfwd>

#include "app/cli/window_options.h"

namespace convscope {

// Opens the window and runs until it is closed; without a display, or with a screenshot, draws one
// picture off screen and writes its figures to `out`. Throws Error (NoDisplay where nothing can be
// drawn).
void start(const cli::WindowOptions& options, std::ostream& out);

}  // namespace convscope
