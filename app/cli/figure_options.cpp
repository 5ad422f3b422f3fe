#include "app/cli/figure_options.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/scene/option_limits.h"

namespace convscope::cli {
namespace {

constexpr double kMinScale = 0.25;
constexpr double kMaxScale = 16.0;
constexpr Index kMaxCellSize = 512;
constexpr Index kMany = Index{1} << 30;

double parse_scale(const std::string& text) {
  const double scale = parse_rate("--scale", text);
  if (scale >= kMinScale && scale <= kMaxScale) return scale;
  throw UsageError("--scale is \"" + text + "\"; it must be a number from " + number(kMinScale) +
                   " to " + number(kMaxScale));
}

void require_index(const char* option, Index index, Index first, Index count, const char* what) {
  if (index >= first && index < first + count) return;
  const std::string told = std::string(option) + " is " + std::to_string(index) + "; it must be ";
  if (count == 1)
    throw UsageError(told + std::to_string(first) + ": there is one " + what + " only");
  throw UsageError(told + "a whole number from " + std::to_string(first) + " to " +
                   std::to_string(first + count - 1) + ", the number of an existing " + what);
}

// Which planes of the equation are among the cards.
exports::RowParts row_parts(const std::vector<std::string>& cards) {
  const auto named = [&](std::string_view card) {
    return std::ranges::find(cards, card) != cards.end();
  };
  return {named("input"), named("kernel"), named("output"), named("pooled")};
}

// A step that names a plane leaves out the others, as in the window.
void show_as_step(const SceneArgument& scene, exports::Source& source) {
  const exports::RowParts shown = row_parts(scene.shown);
  if (shown.input || shown.kernel || shown.output || shown.pooled) source.row_shown = shown;
  source.row_held_back = row_parts(scene.dimmed);
}

}  // namespace

void add_figure_arguments(CLI::App& command, FigureArguments& a) {
  const auto text = [&](const char* name, std::string& value, const char* type,
                        const std::string& help) {
    return command.add_option(name, value, help)->type_name(type);
  };
  text("scene", a.scene, "SCENE",
       "a scene (.json), the name of a shipped one, or a step of a lesson: LESSON.md#STEP, by its "
       "number or title")
      ->required();
  text("--scale", a.scale, "S", "pixels for each unit of length, 0.25 to 16");
  text("--cell-size", a.cell_size, "N", "side of a cell in units [what suits the planes]");
  text("--steps", a.steps, "N", "learning steps [the lesson's, the scene's, or 100]");
  text("--layer", a.layer, "N", "which layer of the scene, from 1 [1]");
  text("--channel", a.channel, "N", "which channel of its output, from 0 [0]");
  text("--sample", a.sample, "N", "which picture of a stack, from 0 [0]");
  text("--title", a.title, "TEXT", "a title above the figure");
  command.add_flag("--dark", a.dark, "colours for a dark slide");
  command.add_flag("--no-numbers", a.no_numbers, "no numbers in the cells");
  command.add_flag("--no-bars", a.no_bars, "no colour bars");
  command.add_flag("--transparent", a.transparent, "nothing behind the figure");
  command.add_flag("--linear", a.linear, "a linear axis for the loss");
}

exports::FigureLook figure_look(const FigureArguments& a, double usual_scale) {
  exports::FigureLook look;
  look.dark = a.dark;
  look.transparent = a.transparent;
  look.numbers = !a.no_numbers;
  look.color_bars = !a.no_bars;
  look.scale = a.scale.empty() ? usual_scale : parse_scale(a.scale);
  if (!a.cell_size.empty())
    look.cell = static_cast<double>(parse_count("--cell-size", a.cell_size, 1, kMaxCellSize));
  return look;
}

Index steps_of(const FigureArguments& a, const SceneArgument& scene, Index most) {
  if (!a.steps.empty()) return parse_count("--steps", a.steps, 0, most);
  if (scene.steps && *scene.steps > 0) return std::min(most, *scene.steps);
  const Index own = scene.scene.learning.stop.steps;
  return std::min(most, own > 0 ? own : kUsualSteps);
}

exports::SourceLimits limits_of(const CommandContext& context) {
  return {context.scene_memory, context.memory};
}

exports::Source source_of(const FigureArguments& a, const SceneArgument& scene,
                          const CommandContext& context) {
  const Index layer = a.layer.empty() ? 1 : parse_count("--layer", a.layer, 0, kMany);
  const Index channel = a.channel.empty() ? 0 : parse_count("--channel", a.channel, 0, kMany);
  const Index sample = a.sample.empty() ? 0 : parse_count("--sample", a.sample, 0, kMany);
  require_index("--layer", layer, 1, std::ssize(scene.scene.layers), "layer");
  exports::Source source = exports::source_of(scene.scene, limits_of(context));
  source.layer = static_cast<std::size_t>(layer - 1);
  source.channel = channel;
  source.sample = sample;
  // A transposed convolution's weight has its outputs second.
  const bool transposed = source.shown_layer().conv.transposed;
  source.filter = transposed ? 0 : channel;
  source.slice = transposed ? channel : 0;
  source.log_loss = !a.linear;
  if (a.dark) source.dark = true;
  show_as_step(scene, source);
  const LayerResults& results = source.layer_results();
  if (results.output) {
    require_index("--channel", channel, 0, results.output->shape().c, "output channel");
    require_index("--sample", sample, 0, results.output->shape().n, "picture");
  }
  return source;
}

}  // namespace convscope::cli
