#pragma once

#include <iosfwd>

#include "app/cli/command_context.h"
#include "app/cli/window_options.h"

namespace convscope {

// Opens the window and returns when it is closed. If the options name a screenshot, or if there is
// no display, draws the window off screen instead, saves the picture (without a name as
// convscope.png) and writes its figures to `out`. Throws Error; NoDisplay if nothing can be drawn.
void start(const cli::WindowOptions& options, std::ostream& out);

// Draws the window off screen as a command asks. Throws Error; NoDisplay if nothing can be drawn.
void draw_window(const cli::WindowShot& shot);

}  // namespace convscope
