#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command animate: a sweep of the kernel, or the learning, as a GIF or as numbered
// PNGs.
void add_animate(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
