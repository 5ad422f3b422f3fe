#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command "completion", which prints a script that lets a shell complete the
// program's commands, options and files. The script is made from what `app` has when it runs.
void add_completion(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
