#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command pool2d-grad: the gradient of max and average pooling by their input.
void add_pool2d_grad(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
