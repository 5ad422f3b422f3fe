#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command learn: gradient descent on a weight.
void add_learn(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
