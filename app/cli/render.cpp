#include "app/cli/render.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <memory>
#include <ostream>
#include <string>

#include "app/cli/figure_options.h"
#include "app/cli/learn_report.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/export/panel_file.h"
#include "app/files/output_target.h"
#include "app/files/printable_text.h"

namespace convscope::cli {
namespace {

struct Arguments {
  FigureArguments figure;
  std::string panel = "output";
  std::string size;
  std::string at;
};

exports::FileKind kind_of(const std::string& output) {
  if (const auto kind = exports::kind_of(output)) return *kind;
  throw UsageError("--output is \"" + output + "\"; its name must end in " + exports::kFileKinds);
}

exports::Panel parse_panel(const std::string& name) {
  const auto names = exports::panel_names();
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<exports::Panel>(found - names.begin());
  std::string accepted = "window";
  for (const std::string_view other : names)
    accepted += ", " + std::string(other);
  throw UsageError("--panel is \"" + name + "\"; it must be one of " + accepted);
}

exports::PixelSize size_of(const Arguments& a) {
  if (a.size.empty()) return std::nullopt;
  const TwoNumbers size =
      parse_size("--size", a.size, 16, static_cast<int>(exports::kMaxFigureSide));
  return Yx{size.second, size.first};
}

void render_window(const Arguments& a, exports::FileKind kind, const CommandContext& context) {
  if (kind != exports::FileKind::kPng)
    throw UsageError("the window is a picture of pixels; --output must end in .png");
  if (!a.figure.scale.empty() || !a.figure.cell_size.empty())
    throw UsageError("--scale and --cell-size are for figures; the window takes --size");
  WindowShot shot;
  const SceneArgument scene = read_scene_argument(a.figure.scene);
  shot.scene = scene.scene;
  constexpr int kMinWindow = 320;
  if (!a.size.empty()) {
    const TwoNumbers size =
        parse_size("--size", a.size, kMinWindow, static_cast<int>(exports::kMaxFigureSide) / 2);
    shot.width = size.first;
    shot.height = size.second;
  }
  shot.dark = a.figure.dark;
  shot.steps = static_cast<int>(a.figure.steps.empty()
                                    ? scene.steps.value_or(0)
                                    : parse_count("--steps", a.figure.steps, 0, 1'000'000));
  shot.output = a.figure.output;
  require_file_target(shot.output);
  if (!context.draw_window) throw Error("the window can't be drawn here");
  context.draw_window(shot);
  context.out << printable(a.figure.output) << ": the window, " << shot.width << "x" << shot.height
              << " pixels\n";
}

void run(const Arguments& a, const CommandContext& context) {
  const exports::FileKind kind = kind_of(a.figure.output);
  if (a.panel == "window") return render_window(a, kind, context);
  const exports::Panel panel = parse_panel(a.panel);
  const exports::PictureOptions options{figure_look(a.figure, a.size.empty() ? 2.0 : 0.0),
                                        size_of(a), a.figure.title};
  const SceneArgument scene = read_scene_argument(a.figure.scene);
  const Index steps = steps_of(a.figure, scene, 1'000'000);
  exports::Source source = source_of(a.figure, scene, context);
  if (!a.at.empty()) source.cell = parse_pair("--at", a.at);
  const bool of_cell = panel == exports::Panel::kExplanation || panel == exports::Panel::kMatrixRow;
  if (of_cell && !source.cell)
    throw UsageError("--panel " + a.panel + " needs --at Y,X, the cell of the output to explain");
  require_file_target(a.figure.output);
  PendingFile file(a.figure.output);
  ProgressBar bar(context.progress);
  const bool backward = exports::goes_backward(panel);
  const bool of_error = scene.scene.backward.source == GradientSource::kError;
  if (exports::learns(panel) || (backward && of_error))
    exports::learn(source, steps, limits_of(context),
                   [&](const char* what, double share) { bar.show_share(what, share); });
  if (backward) exports::go_backward(source, limits_of(context));
  const std::string facts = exports::write_panel(file, kind, panel, source, options);
  bar.clear();
  file.finish();
  context.out << printable(a.figure.output) << ": " << a.panel << ", " << facts << "\n";
  require_written(context.out);
  file.commit();
}

}  // namespace

void add_render(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "render", "Draw a figure of a scene for paper or slide, or write its tensors as data");
  const auto a = std::make_shared<Arguments>();
  add_figure_arguments(*command, a->figure);
  command
      ->add_option("--output", a->figure.output,
                   "where the figure goes: .png, .svg or .pdf; or data: .npy (all planes), .csv, "
                   ".tex or .md (the plane that the figure shows; of the loss, .csv is the run), "
                   "or .npz (all tensors of the scene: x, weight, bias, y, pooled ...)")
      ->type_name("FILE")
      ->required();
  command
      ->add_option(
          "--panel", a->panel,
          "input, kernel, output, activated, pooled, row (input ⋆ kernel = output → "
          "pooled), maps, explanation (with --at), chain (the layers); frequency, separable, "
          "matrix-row (with --at) of the kernel; error, target, weights, gradient, loss, "
          "landscape, "
          "momentum-map, directions of the learning; input-gradient, kernel-gradient, "
          "output-gradient, pooled-gradient, backward (all of them); or window [output]")
      ->type_name("NAME");
  command
      ->add_option("--size", a->size,
                   "width x height of the picture in pixels, which the figure fills; with --scale "
                   "or --cell-size it "
                   "keeps that")
      ->type_name("WxH");
  command
      ->add_option("--at", a->at,
                   "a cell of the output: outlined with what it is linked to, and explained")
      ->type_name("Y,X");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
