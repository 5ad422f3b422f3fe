#pragma once

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// Registers the command lesson: prints lessons as plain text with their values, checks what they
// state, prints questions about a scene, or the vocabulary.
void add_lesson(CLI::App& app, const CommandContext& context);

}  // namespace convscope::cli
