#include "app/program/figures.h"

#include <algorithm>
#include <cmath>

#include "app/program/view/backward_view.h"
#include "app/program/view/names.h"
#include "engine/core/loss_text.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"

namespace convscope::program {
namespace {

std::string range_text(const Tensor& tensor) {
  const auto is_finite = [](float v) { return std::isfinite(v); };
  if (std::ranges::none_of(tensor.values(), is_finite)) return "no finite values";
  const ui::ValueRange range = ui::finite_range(tensor.values());
  const bool all = std::ranges::all_of(tensor.values(), is_finite);
  return (all ? "values " : "finite values ") + number_text(static_cast<double>(range.lo), 5) +
         " to " + number_text(static_cast<double>(range.hi), 5);
}

// Writes the values of a small tensor, row by row.
std::string values_text(const Tensor& tensor) {
  constexpr Index kMax = 64;
  const Shape& s = tensor.shape();
  if (s.c != 1 || s.h * s.w > kMax) return "";
  std::string text = "\n    ";
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      text += (x == 0 ? "" : " ") + number_text(static_cast<double>(tensor.at(y, x)), 5);
    }
    if (y + 1 < s.h) text += "\n    ";
  }
  return text;
}

std::string tensor_text(const char* name, const Tensor& tensor) {
  return std::string(name) + plane_text(tensor.shape()) + ", " + range_text(tensor) +
         values_text(tensor);
}

// Writes the gradients of one layer, each with the name of what it belongs to.
std::string gradients_text(const BackwardResults& backward, const LayerGradients& of) {
  const auto named = [](const std::string& symbol, const Tensor& tensor) {
    return "\n" + tensor_text(("∂L/∂" + symbol + ": ").c_str(), tensor);
  };
  std::string text = named("X", *of.input) + named(weight_symbol(&backward), of.kernel);
  if (!of.bias.empty()) {
    Tensor bias({1, 1, 1, std::ssize(of.bias)});
    std::ranges::copy(of.bias, bias.values().begin());
    text += named("b", bias);
  }
  text += named(output_symbol(&backward), *of.output);
  return of.pooled ? text + named("P", *of.pooled) : text;
}

// Adds the gradients of the layers that are shown, or why there are none.
void add_gradients(const BackwardResults* backward, std::vector<std::string>& lines) {
  if (backward == nullptr) return;
  if (!backward->error.empty()) lines.push_back("Gradients: none, " + backward->error);
  for (std::size_t i = 0; i < backward->layers.size(); ++i) {
    const std::string which =
        backward->layers.size() > 1 ? " of layer " + std::to_string(i + 1) : "";
    lines.push_back("Gradients" + which + ":" + gradients_text(*backward, backward->layers[i]));
  }
}

}  // namespace

std::vector<std::string> figures(const App& app) {
  std::vector<std::string> lines;
  const Scene& scene = app.document().scene();
  lines.push_back(tensor_text("Input:   ", *scene.input.tensor));
  const KernelScene& kernel = first_layer(scene).kernel;
  lines.push_back(tensor_text("Kernel:  ", kernel.weight) + "\n    bias " +
                  number_text(static_cast<double>(kernel.bias.front())) + ", " + kernel.preset);
  if (app.view().settings.kernel_info) {
    for (std::string& line : kernel_info_lines(app.view().kernel_info))
      lines.push_back(std::move(line));
  }
  if (const LayerResults* results = first_results(app.live().results())) {
    lines.push_back(results->output ? tensor_text("Output:  ", *results->output)
                                    : "Output:  none, " + results->output_error);
    lines.push_back(results->pooled ? tensor_text("Pooled:  ", results->pooled->output)
                                    : "Pooled:  none, " + results->pooled_error);
  }
  if (app.view().settings.backward) add_gradients(app.live().backward(), lines);
  if (const TrainingSnapshotPtr& training = app.live().training().snapshot) {
    if (training->weight.empty()) {
      lines.push_back("Learning: " + training->message);
    } else {
      lines.push_back("Learning: step " + std::to_string(training->step) + ", loss " +
                      loss_text(training->loss) + tensor_text("\n    kernel ", training->weight));
      if (!training->message.empty()) lines.back() += "\n    " + training->message;
    }
  }
  return lines;
}

}  // namespace convscope::program
