#pragma once

#include "app/cli/command_context.h"

namespace CLI {
class App;
}

namespace convscope {

// What a file holds.
void add_info(CLI::App& app, const CommandContext& context);

}  // namespace convscope
