#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

namespace convscope {

// The gradients of a convolution.
void add_conv2d_grad(CLI::App& app, const CommandContext& context);

}  // namespace convscope
