#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command conv2d-grad: the gradients of a convolution.
void add_conv2d_grad(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
