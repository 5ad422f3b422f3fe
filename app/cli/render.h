#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command render: figures of scenes and of steps of lessons, as pictures and as data.
void add_render(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
