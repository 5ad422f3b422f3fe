#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

namespace convscope {

// Cross-correlation, or with --transposed its transpose.
void add_conv2d(CLI::App& app, const CommandContext& context);

}  // namespace convscope
