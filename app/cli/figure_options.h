#pragma once

#include <optional>
#include <string>

#include "app/cli/command_context.h"
#include "app/cli/names.h"
#include "app/cli/scene_argument.h"
#include "app/export/figure.h"
#include "app/export/scene_source.h"

namespace CLI {
class App;
}

namespace convscope::cli {

// The options that all commands for figures have, as they were given: as many data members as there
// are options.
struct FigureArguments {
  std::string scene;
  std::string output;
  std::string scale;
  std::string cell_size;
  std::string steps;
  std::string layer;
  std::string channel;
  std::string sample;
  std::string title;
  bool dark = false;
  bool no_numbers = false;
  bool no_bars = false;
  bool transparent = false;
  bool linear = false;
};

inline constexpr Index kUsualSteps = 100;  // of learning, where neither options nor scene say it

void add_figure_arguments(CLI::App& command, FigureArguments& arguments);

// Returns how to draw. Throws UsageError for a value that is not accepted.
exports::FigureLook figure_look(const FigureArguments& arguments, double usual_scale);

// Returns the steps of learning: those of --steps, else of the lesson's step or the scene.
Index steps_of(const FigureArguments& arguments, const SceneArgument& scene, Index most);

// Evaluates the scene. Throws UsageError where it has no such layer, channel or picture.
exports::Source source_of(const FigureArguments& arguments, const SceneArgument& scene,
                          const CommandContext& context);

exports::SourceLimits limits_of(const CommandContext& context);

}  // namespace convscope::cli
