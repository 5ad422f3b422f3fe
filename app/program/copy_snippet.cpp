#include "app/program/copy_snippet.h"

#include <imgui.h>

#include <algorithm>
#include <new>
#include <optional>
#include <stop_token>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::program {
namespace {

const char* shown_name(exports::Dialect dialect) {
  switch (dialect) {
    case exports::Dialect::kPytorch:
      return "PyTorch";
    case exports::Dialect::kNumpy:
      return "NumPy and SciPy";
    case exports::Dialect::kLists:
      return "plain lists";
  }
  return "";
}

// Returns why there is nothing to copy; empty where there is.
std::string why_none(const Live& live, bool asked, const View& view) {
  if (asked) return "The lesson asks a question, and the program would show its answer.";
  const PredictState& predict = view.explore.predict;
  if (view.on_kernel_page() && predict.on && !predict.all_shown)
    return "The output is hidden while you predict it: Reveal all shows it.";
  return live.results() ? "" : "There are no results yet to copy.";
}

}  // namespace

Snippets::Snippets(std::function<void()> wake)
    : worker_([](const Request& request, const std::stop_token&) { return make(request); },
              std::move(wake)) {}

Snippets::Made Snippets::make(const Request& request) {
  Made made{request.dialect, {}, ""};
  try {
    made.snippet = exports::snippet(request.dialect, request.source);
  } catch (const Error& error) {
    made.error = error.what();
  } catch (const std::bad_alloc&) {
    made.error = "there is not enough memory";
  }
  return made;
}

void Snippets::copy(exports::Dialect dialect, const Live& live, bool asked, View& view) {
  if (const std::string why = why_none(live, asked, view); !why.empty())
    view.message = {why, false};
  else
    worker_.submit({dialect, {live.results(), live.training().snapshot}});
}

void Snippets::poll(View& view) {
  const std::optional<Made> made = worker_.take();
  if (!made) return;
  const std::string as = std::string(" copied as ") + shown_name(made->dialect);
  if (!made->error.empty()) {
    view.message = {"The scene can't be" + as + ": " + made->error + ".", true};
    return;
  }
  ImGui::SetClipboardText(made->snippet.text.c_str());
  view.succeeded();
  const auto lines = static_cast<long long>(std::ranges::count(made->snippet.text, '\n'));
  view.show(
      Tell{"The scene was" + as + ": " + count_text(lines) + " lines." +
           (made->snippet.loads ? " It loads tensors.npz: save a figure under that name." : "")});
}

}  // namespace convscope::program
