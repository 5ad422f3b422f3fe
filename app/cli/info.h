#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command info, which describes the content of a file.
void add_info(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
