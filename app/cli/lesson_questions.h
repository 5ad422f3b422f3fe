#pragma once

#include <cstdint>
#include <string>

#include "app/cli/command_context.h"
#include "app/cli/names.h"

namespace convscope::cli {

// Prints a lesson of questions about a scene, which read_scene_argument takes, as Markdown. A scene
// that is small stands in it, any other is named by its file. Throws Error and UsageError.
void print_questions(const std::string& scene, std::uint64_t seed, const CommandContext& context);

}  // namespace convscope::cli
