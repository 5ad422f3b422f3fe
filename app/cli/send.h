#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Adds the command `send`, which shows an array in a window that listens.
void add_send(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
