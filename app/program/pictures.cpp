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

void Pictures::save(const SaveFigure& wanted, const Live& live, bool asked, View& view) {
  if (wanted.panel == "window") {
    path_ = wanted.path;
    return;
  }
  if (asked) {
    view.message = {"The lesson asks a question, and a figure might show its answer.", true};
    return;
  }
  if (view.on_kernel_page() && view.explore.predict.hides_pooled()) {
    view.message = {"The output is to be predicted, and a figure would show it.", true};
    return;
  }
  if (!live.results()) {
    view.message = {"There are no results yet of which a figure could be made.", true};
    return;
  }
  const auto names = exports::panel_names();
  const auto panel = std::ranges::find(names, wanted.panel);
  if (panel == names.end()) return;
  exports::FigureRequest request;
  request.path = wanted.path;
  request.panel = static_cast<exports::Panel>(panel - names.begin());
  request.source = figure_source(live, view);
  request.options.look.scale = wanted.scale;
  request.options.look.numbers = wanted.numbers;
  request.options.look.transparent = wanted.transparent;
  request.options.look.number_style = view.settings.numbers;
  saver_.save(std::move(request));
}

void Pictures::poll(View& view) {
  while (const std::optional<exports::SavedFigure> saved = saver_.take()) {
    if (saved->error.empty()) {
      view.show(Tell{"Saved as " + shown_path(saved->path).string() + "."});
    } else {
      view.message = {sentence(saved->error), true};
    }
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
