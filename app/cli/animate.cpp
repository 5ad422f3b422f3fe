#include "app/cli/animate.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "app/cli/figure_options.h"
#include "app/cli/learn_report.h"
#include "app/cli/numbered_name.h"
#include "app/cli/report.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/export/animation_file.h"
#include "app/files/output_target.h"
#include "app/files/printable_text.h"

namespace convscope::cli {
namespace {

struct Arguments {
  FigureArguments figure;
  std::string what = "sweep";
  std::string rate = "20";
};

constexpr Index kMaxRate = 50;  // frames a second: browsers show faster ones more slowly

exports::Motion motion_of(const std::string& what) {
  if (const std::optional<exports::Motion> motion = exports::motion_named(what)) return *motion;
  throw UsageError("--what is \"" + what + "\"; it must be sweep or learn");
}

// Returns the names of numbered pictures; nullopt for a GIF.
std::optional<exports::NumberedName> names_of(const std::string& output) {
  const std::string ending = std::filesystem::path(output).extension();
  std::optional<exports::NumberedName> names = parse_numbered_name("--output", output);
  if (names ? ending == ".png" : ending == ".gif") return names;
  throw UsageError("--output is \"" + output +
                   "\"; its name must end in .gif, or be one of numbered pictures like "
                   "frame-%04d.png");
}

std::string size_text(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height) + " pixels";
}

void write_pictures(const exports::NumberedName& names, const exports::Animation& animation,
                    const exports::FigureLook& look, ProgressBar& bar,
                    const CommandContext& context) {
  const exports::AnimationFacts facts = exports::write_frames(
      names, animation, look, [&](const char* what, double share) { bar.show_share(what, share); });
  bar.clear();
  context.out << printable(names.of(1)) << " to " << printable(names.of(facts.frames)) << ": "
              << facts.frames << " frames, " << size_text(facts.width, facts.height) << "\n";
}

void write_animation(const Arguments& a, const exports::Animation& animation,
                     const exports::FigureLook& look, int rate, ProgressBar& bar,
                     const CommandContext& context) {
  PendingFile file(a.figure.output);
  const exports::AnimationFacts facts =
      exports::write_gif(file, animation, look, rate,
                         [&](const char* what, double share) { bar.show_share(what, share); });
  bar.clear();
  file.finish();
  context.out << printable(a.figure.output) << ": " << facts.frames << " frames, "
              << size_text(facts.width, facts.height) << (facts.exact ? "" : ", 256 of its colours")
              << "\n";
  require_written(context.out);
  file.commit();
}

void run(const Arguments& a, const CommandContext& context) {
  const exports::Motion motion = motion_of(a.what);
  const std::optional<exports::NumberedName> names = names_of(a.figure.output);
  const auto rate = static_cast<int>(parse_count("--fps", a.rate, 1, kMaxRate));
  exports::FigureLook look = figure_look(a.figure, 1.0);
  if (look.transparent)
    throw UsageError("--transparent is not for animations, whose frames lie on each other");
  if (!names) require_file_target(a.figure.output);
  const SceneArgument scene = read_scene_argument(a.figure.scene);
  exports::Source source = source_of(a.figure, scene, context);
  look.dark = source.dark;
  ProgressBar bar(context.progress);
  const auto progress = [&](const char* what, double share) { bar.show_share(what, share); };
  Index frames = exports::kMaxFrames;
  if (motion == exports::Motion::kSweep) {
    frames =
        a.figure.steps.empty() ? 0 : parse_count("--steps", a.figure.steps, 1, exports::kMaxFrames);
  } else {
    const Index steps = steps_of(a.figure, scene, exports::kMaxFrames - 1);
    exports::learn(source, steps, limits_of(context), progress);
  }
  const exports::Animation animation =
      exports::titled(exports::animation_of(motion, source, frames), a.figure.title);
  if (names) {
    write_pictures(*names, animation, look, bar, context);
  } else {
    write_animation(a, animation, look, rate, bar, context);
  }
}

}  // namespace

void add_animate(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "animate", "Draw the kernel's way over the input, or the learning, as an animation");
  const auto a = std::make_shared<Arguments>();
  add_figure_arguments(*command, a->figure);
  command
      ->add_option("--output", a->figure.output,
                   "where it goes: a .gif that repeats for ever, or numbered pictures like "
                   "frame-%04d.png. At most 2000 frames and 400 million pixels; of more than 256 "
                   "colours a GIF keeps the most frequent")
      ->type_name("FILE")
      ->required();
  command->add_option("--what", a->what, "sweep (--steps: frames) or learn [sweep]")
      ->type_name("NAME");
  command->add_option("--fps", a->rate, "frames a second of a GIF, 1 to 50 [20]")->type_name("N");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
