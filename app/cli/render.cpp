#include "app/cli/render.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <ostream>
#include <span>
#include <string>

#include "app/cli/figure_options.h"
#include "app/cli/files.h"
#include "app/cli/learn_report.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/export/figure_file.h"
#include "app/export/panel_figure.h"
#include "app/export/tensor_text.h"
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

enum class Format { kPng, kSvg, kPdf, kCsv, kNpy, kTex };

Format format_of(const std::string& output) {
  constexpr std::array kEndings = {".png", ".svg", ".pdf", ".csv", ".npy", ".tex"};
  const std::string ending = std::filesystem::path(output).extension();
  const auto found = std::ranges::find(kEndings, ending);
  if (found == kEndings.end())
    throw UsageError("--output is \"" + output +
                     "\"; its name must end in .png, .svg, .pdf, .csv, .npy or .tex");
  return static_cast<Format>(found - kEndings.begin());
}

bool is_picture(Format format) {
  return format == Format::kPng || format == Format::kSvg || format == Format::kPdf;
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

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

exports::PixelSize size_of(const Arguments& a) {
  if (a.size.empty()) return std::nullopt;
  const TwoNumbers size =
      parse_size("--size", a.size, 16, static_cast<int>(exports::kMaxFigureSide));
  return Yx{size.second, size.first};
}

void render_window(const Arguments& a, Format format, const CommandContext& context) {
  if (format != Format::kPng)
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

void add_picture(const Arguments& a, Format format, const exports::Figure& figure, bool dark,
                 Outputs& outputs) {
  exports::FigureLook look = figure_look(a.figure, 2.0);
  look.dark = dark;
  const exports::PixelSize size = size_of(a);
  const std::string& output = a.figure.output;
  if (format == Format::kPng) {
    const exports::Raster drawn = exports::raster(figure, look, size);
    outputs.add_bytes(output, png_bytes(drawn.rgba, drawn.width, drawn.height),
                      a.panel + ", " + std::to_string(drawn.width) + "x" +
                          std::to_string(drawn.height) + " pixels");
  } else if (format == Format::kSvg) {
    outputs.add_bytes(output, exports::svg(figure, look, size), a.panel + ", vectors and text");
  } else {
    outputs.add_bytes(output, exports::pdf(figure, look, size), a.panel + ", vectors and text");
  }
}

void add_data(const Arguments& a, Format format, exports::Panel panel,
              const exports::Source& source, Outputs& outputs) {
  const std::string& output = a.figure.output;
  if (format == Format::kNpy) return outputs.add(output, *exports::panel_tensor(panel, source));
  if (panel == exports::Panel::kLoss) {
    if (format == Format::kTex)
      throw UsageError("the loss is no matrix; --output must end in .png, .svg, .pdf or .csv");
    return outputs.add_bytes(output, bytes_of(exports::run_csv(source)), "the run, a line a step");
  }
  const Tensor plane = exports::panel_plane(panel, source);
  const std::string text = format == Format::kCsv ? exports::csv(plane) : exports::latex(plane);
  outputs.add_bytes(output, bytes_of(text), to_string(plane.shape()));
}

void run(const Arguments& a, const CommandContext& context) {
  const Format format = format_of(a.figure.output);
  if (a.panel == "window") return render_window(a, format, context);
  const exports::Panel panel = parse_panel(a.panel);
  if (is_picture(format)) {
    static_cast<void>(figure_look(a.figure, 2.0));  // refuses wrong values before anything is read
    static_cast<void>(size_of(a));
  }
  const SceneArgument scene = read_scene_argument(a.figure.scene);
  const Index steps = steps_of(a.figure, scene, 1'000'000);
  exports::Source source = source_of(a.figure, scene, context);
  if (!a.at.empty()) source.cell = parse_pair("--at", a.at);
  if (panel == exports::Panel::kExplanation && !source.cell)
    throw UsageError("--panel explanation needs --at Y,X, the cell of the output to explain");
  Outputs outputs;
  outputs.claim(a.figure.output);
  ProgressBar bar(context.progress);
  if (exports::learns(panel))
    exports::learn(source, steps, limits_of(context),
                   [&](const char* what, double share) { bar.show_share(what, share); });
  if (is_picture(format)) {
    exports::Figure figure = exports::panel_figure(panel, source);
    figure.title = a.figure.title;
    add_picture(a, format, figure, source.dark, outputs);
  } else {
    add_data(a, format, panel, source, outputs);
  }
  bar.clear();
  outputs.commit(context.out);
}

}  // namespace

void add_render(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "render", "Draw a figure of a scene for paper or slide, or write its tensors as data");
  const auto a = std::make_shared<Arguments>();
  add_figure_arguments(*command, a->figure);
  command
      ->add_option("--output", a->figure.output,
                   "where the figure goes: .png, .svg or .pdf; or data: .npy (all planes), .csv or "
                   ".tex (the plane that the figure shows; of the loss, .csv is the run)")
      ->type_name("FILE")
      ->required();
  command
      ->add_option(
          "--panel", a->panel,
          "input, kernel, output, activated, pooled, row (input ⋆ kernel = output → "
          "pooled), maps, explanation (with --at), error, target, weights, gradient, loss, "
          "or window [output]")
      ->type_name("NAME");
  command
      ->add_option("--size", a->size,
                   "width x height of the picture in pixels; cells become as large as fit")
      ->type_name("WxH");
  command
      ->add_option("--at", a->at,
                   "a cell of the output: outlined with what it is linked to, and explained")
      ->type_name("Y,X");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
