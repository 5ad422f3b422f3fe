#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command pool2d: max and average pooling.
void add_pool2d(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
