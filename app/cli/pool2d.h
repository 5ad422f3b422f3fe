#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

namespace convscope {

// Max and average pooling.
void add_pool2d(CLI::App& app, const CommandContext& context);

}  // namespace convscope
