#include "app/program/pictures.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/files/whole_path.h"
#include "app/program/figure_source.h"

namespace convscope::program {
namespace {

// Returns the words with a capital letter and a full stop.
std::string sentence(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words + ".";
}

// Returns why there can be no figure of what is shown; empty where there can.
std::string why_none(const Live& live, bool asked, const View& view) {
  if (asked) return "The lesson asks a question, and a figure might show its answer.";
  if (view.on_kernel_page() && view.explore.predict.hides_pooled())
    return "The output is to be predicted, and a figure would show it.";
  if (!live.results()) return "There are no results yet of which a figure could be made.";
  return "";
}

std::string told(const exports::SavedFigure& saved) {
  if (saved.frames == 0) return "Saved as " + shown_path(saved.path).string() + ".";
  const std::string frames = std::to_string(saved.frames) + " frames";
  if (saved.path.extension() == ".gif")
    return "Saved " + frames + " as " + shown_path(saved.path).string() + ".";
  const exports::NumberedName names = exports::frame_names(shown_path(saved.path));
  return "Saved " + frames + " as " + names.of(1) + " to " + names.of(saved.frames) + ".";
}

}  // namespace

void Pictures::ask() {
  path_ = "convscope.png";
  std::error_code error;
  for (int i = 2; std::filesystem::exists(path_, error) && i < 10000; ++i)
    path_ = "convscope-" + std::to_string(i) + ".png";
}

std::filesystem::path Pictures::take() {
  return std::exchange(path_, {});
}

void Pictures::save(const SaveFigure& wanted, const Live& live, const ErrorPanelState& axes,
                    bool asked, View& view) {
  if (wanted.panel == "window") {
    path_ = wanted.path;
    return;
  }
  if (const std::string why = why_none(live, asked, view); !why.empty()) {
    refused_ = why;
    return;
  }
  exports::FigureRequest request;
  const auto names = exports::panel_names();
  const auto panel = std::ranges::find(names, wanted.panel);
  if (const std::optional<exports::Motion> motion = exports::motion_named(wanted.panel))
    request.animation = {*motion, wanted.frames, static_cast<int>(wanted.rate)};
  else if (panel != names.end())
    request.panel = static_cast<exports::Panel>(panel - names.begin());
  else
    return;
  request.path = wanted.path;
  request.source = figure_source(live, view, axes);
  request.options.title = wanted.title;
  request.options.look.scale = wanted.scale;
  request.options.look.numbers = wanted.numbers;
  request.options.look.transparent = wanted.transparent && !request.animation;
  request.options.look.number_style = view.settings.numbers;
  saver_.save(std::move(request));
}

void Pictures::poll(View& view, FigureDialogState& dialog) {
  const auto refuse = [&](const std::string& why) {
    if (!tell_figure_dialog(dialog, why)) view.message = {why, true};
  };
  if (!refused_.empty()) refuse(std::exchange(refused_, {}));
  while (const std::optional<exports::SavedFigure> saved = saver_.take()) {
    if (!saved->error.empty()) {
      refuse(sentence(saved->error));
      continue;
    }
    tell_figure_dialog(dialog, "");
    view.succeeded();
    view.show(Tell{told(*saved)});
  }
}

void tell_of_saved_picture(const std::filesystem::path& path, const std::string& error,
                           View& view) {
  if (error.empty())
    view.show(Tell{"The window was saved as " + shown_path(path).string() + "."});
  else
    view.message = {error + ".", true};
}

}  // namespace convscope::program
