#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

namespace convscope {

// Gradient descent on a weight.
void add_learn(CLI::App& app, const CommandContext& context);

}  // namespace convscope
