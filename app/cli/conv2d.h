#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command conv2d: cross-correlation, or with --transposed its transpose.
void add_conv2d(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
