#include "app/cli/snippet.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <ostream>
#include <span>
#include <string>

#include "app/cli/figure_options.h"
#include "app/cli/learn_report.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/export/snippet/snippet.h"
#include "app/files/output_target.h"
#include "app/files/printable_text.h"

namespace convscope::cli {
namespace {

struct Arguments {
  std::string scene;
  std::string dialect;
  std::string output;
  std::string steps;
};

exports::Dialect parse_dialect(const std::string& name) {
  if (const auto dialect = exports::dialect_named(name)) return *dialect;
  throw UsageError("--as is \"" + name + "\"; it must be pytorch, numpy or lists");
}

// Returns how many steps of learning the snippet has: those of the option, else of the lesson's
// step or of the scene; none where nobody says it.
Index learning_steps(const Arguments& a, const SceneArgument& scene) {
  if (!a.steps.empty()) return parse_count("--steps", a.steps, 0, exports::kMaxSnippetSteps);
  return std::min(exports::kMaxSnippetSteps, scene.steps.value_or(scene.scene.learning.stop.steps));
}

void run(const Arguments& a, const CommandContext& context) {
  const exports::Dialect dialect = parse_dialect(a.dialect);
  if (!a.output.empty()) require_file_target(a.output);
  const SceneArgument scene = read_scene_argument(a.scene);
  const Index steps = learning_steps(a, scene);
  exports::Source source = exports::source_of(scene.scene, limits_of(context));
  ProgressBar bar(context.progress);
  if (steps > 0)
    exports::learn(source, steps, limits_of(context),
                   [&](const char* what, double share) { bar.show_share(what, share); });
  const std::string text = exports::snippet(dialect, {source.results, source.training}).text;
  bar.clear();
  if (a.output.empty()) {
    context.out << text;
    return require_written(context.out);
  }
  PendingFile file(a.output);
  file.write(std::as_bytes(std::span(text)));
  file.finish();
  const auto lines = std::ranges::count(text, '\n');
  context.out << printable(a.output) << ": " << lines << " lines of Python\n";
  require_written(context.out);
  file.commit();
}

}  // namespace

void add_snippet(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "snippet", "Write a scene as a Python program that computes the same and asserts it");
  const auto a = std::make_shared<Arguments>();
  const auto text = [&](const char* option, std::string& value, const char* type,
                        const char* help) {
    return command->add_option(option, value, help)->type_name(type);
  };
  text("scene", a->scene, "SCENE",
       "a scene file, a scene's address, the name of a shipped one, or a step of a lesson "
       "(lesson.md#3)")
      ->required();
  text("--as", a->dialect, "NAME",
       "pytorch, numpy (with SciPy), or lists (plain nested lists, nothing imported)")
      ->required();
  text("--output", a->output, "FILE", "where it goes [standard output]");
  text("--steps", a->steps, "N",
       "learning steps that it repeats from the scene's start [the lesson's, or after how many the "
       "scene stops; else none]");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
