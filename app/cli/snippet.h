#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command snippet: a scene as a Python program that computes the same.
void add_snippet(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
