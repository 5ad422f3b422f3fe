#include "app/program/copy_paste.h"

#include <imgui.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/files/arrays/array_file.h"
#include "app/files/arrays/number_table.h"
#include "app/files/scene_address.h"
#include "app/panels/kernel_page/input_panel.h"
#include "app/program/view/backward_view.h"
#include "app/program/view/clipboard.h"
#include "app/program/view/look.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::program {
namespace {

// The layer whose cells are under the pointer, and its shown planes. `results` is null before the
// first evaluation.
struct PointedLayer {
  std::size_t layer = 0;
  ResultsPtr all;
  const LayerResults* results = nullptr;  // the results of the layer
  ShownPlanes shown;
  TensorPtr output;
};

PointedLayer pointed_layer(const Document& document, const Live& live, const View& view) {
  PointedLayer pointed;
  if (view.on_kernel_page()) {
    pointed.shown = shown_planes(document.scene(), 0, view.settings.planes);
    pointed.all = live.results();
    pointed.results = first_results(pointed.all);
    if (pointed.results != nullptr) pointed.output = pointed.results->output;
    return pointed;
  }
  const StageView* made = live.stage().get();
  if (made == nullptr) return pointed;
  const LayerStage& stage = made->request.stage;
  pointed.layer = stage.layer;
  pointed.all = made->request.results;
  pointed.results = &made->layer();
  pointed.shown = shown_planes(pointed.all->scene, stage.layer, layer_planes(view, stage.layer));
  if (view.layers.hovered) {
    (view.links.input ? pointed.shown.input : pointed.shown.output) = *view.layers.hovered;
  }
  pointed.output = stage_tensor(*pointed.results, stage.part);
  return pointed;
}

// Returns the action for pasted numbers: a plane of the input's size replaces the shown planes, and
// another size becomes a new input.
Action pasted(const Tensor& input, const Tensor& plane, const ShownPlanes& shown) {
  const Shape& s = input.shape();
  const Shape& p = plane.shape();
  if (p.h == s.h && p.w == s.w)
    return plane_change(shown.sample, shown.in_colours ? -1 : shown.input, plane);
  if (s.n > 1) {
    throw Error("it has " + size_text({p.h, p.w}) + " numbers, and the pictures of the stack are " +
                size_text({s.h, s.w}) + ": only as many can be pasted into one of them");
  }
  InputScene pasted;
  pasted.tensor = std::make_shared<const Tensor>(plane);
  pasted.name = "drawn";
  pasted.meaning = meaning_of(plane);
  return Edit{std::move(pasted)};
}

void copy_plane(const char* what, const Tensor& tensor, Index n, Index c, View& view) {
  const Shape& s = tensor.shape();
  if (s.h * s.w > kMaxCopied) {
    view.message = {std::string(what) + " has " + std::to_string(s.h * s.w) + " values; at most " +
                        std::to_string(kMaxCopied) + " are copied as text.",
                    true};
    return;
  }
  ImGui::SetClipboardText(rows_text(tensor, std::min(n, s.n - 1), std::min(c, s.c - 1)).c_str());
  view.succeeded();
  view.show(Tell{std::string(what) + " was copied: " + size_text({s.h, s.w}) + " numbers."});
}

// Returns "∂L/∂W", or "∂L/∂Ŵ" of the learning's error.
std::string of_weight(const BackwardResults* backward) {
  return std::string("∂L/∂") + weight_symbol(backward);
}

// Copies the gradient that is pointed at on the Layers page; `shown` has the selected slice.
void copy_layer_gradient(const GradientView* gradient, const ShownPlanes& shown, View& view) {
  if (gradient == nullptr) return;
  const LayerGradients& of = gradient->layer();
  const GradientLook& look = gradient->look;
  const Links& links = view.links;
  const Index channel = view.layers.hovered.value_or(0);
  if (links.input) copy_plane("∂L/∂X", *of.input, look.sample, channel, view);
  if (links.scene_input)
    copy_plane("∂L/∂X", *gradient->backward->layers.front().input, look.sample, look.scene_channel,
               view);
  if (links.weight)
    copy_plane(of_weight(gradient->backward.get()).c_str(), of.kernel, shown.filter, shown.slice,
               view);
  const TensorPtr maps = gradient->stage();
  if ((links.output || links.pooled) && maps)
    copy_plane("The gradient of the map", *maps, look.sample, channel, view);
}

void paste_kernel(const Document& document, const PointedLayer& pointed, const Tensor& plane,
                  Actions& actions) {
  const Scene& scene = document.scene();
  if (pointed.layer >= scene.layers.size()) return;
  KernelScene kernel = convolution(scene.layers[pointed.layer]).kernel;
  // The planes shown may be those of an earlier kernel with more planes.
  const Shape& k = kernel.weight.shape();
  kernel.weight = with_plane(kernel.weight, std::min(pointed.shown.filter, k.n - 1),
                             std::min(pointed.shown.slice, k.c - 1), plane);
  kernel.preset = "custom";
  actions.edit(LayerEdit{pointed.layer, std::move(kernel)});
}

// Copies the gradient that is pointed at on the Kernel page, with the zeros and the ring left out.
void copy_gradient(const BackwardResults* backward, const ShownPlanes& shown, View& view) {
  if (backward == nullptr || backward->layers.empty()) return;
  const LayerGradients& of = backward->layers.front();
  const Links& links = view.links;
  if (links.input) copy_plane("∂L/∂X", *of.input, shown.sample, shown.input, view);
  if (links.weight)
    copy_plane(of_weight(backward).c_str(), of.kernel, shown.filter, shown.slice, view);
  const std::string of_output = std::string("∂L/∂") + output_symbol(backward);
  if (links.output) copy_plane(of_output.c_str(), *of.output, shown.sample, shown.output, view);
  if (links.pooled && of.pooled) copy_plane("∂L/∂P", *of.pooled, shown.sample, shown.output, view);
}

// Returns the file that a text names, by a whole path as file managers copy it, also in quotes or
// as a file:// address without escapes; nullopt for any other text.
std::optional<std::filesystem::path> named_file(std::string_view text) {
  constexpr std::size_t kMaxPath = 4096;
  constexpr std::string_view kSpace = " \t\r\n";
  if (const std::size_t begin = text.find_first_not_of(kSpace); begin != std::string_view::npos)
    text = text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
  if (text.starts_with("file://")) text.remove_prefix(7);
  if (text.size() > 2 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  if (text.size() > kMaxPath || !text.starts_with('/')) return std::nullopt;
  std::error_code ignored;
  const std::filesystem::path file = text;
  if (!std::filesystem::is_regular_file(array_path(file.string()).file, ignored))
    return std::nullopt;
  return file;
}

}  // namespace

void copy_pointed(const Document& document, const Live& live, View& view) {
  if (view.settings.backward && !view.on_kernel_page())
    return copy_layer_gradient(live.gradient_view(), pointed_layer(document, live, view).shown,
                               view);
  const PointedLayer pointed = pointed_layer(document, live, view);
  if (pointed.results == nullptr) return;
  const ShownPlanes& shown = pointed.shown;
  if (view.settings.backward && view.on_kernel_page())
    return copy_gradient(live.backward(), shown, view);
  const Links& links = view.links;
  const auto put = [&](const char* what, const Tensor& tensor, Index n, Index c) {
    copy_plane(what, tensor, n, c, view);
  };
  // The first layer is copied from the scene, which may be newer than the results; the input of a
  // later layer exists only in the results.
  const bool first = pointed.layer == 0;
  const Scene& scene = first ? document.scene() : pointed.all->scene;
  const TensorPtr& input = first ? scene.input.tensor : pointed.results->input;
  if (links.input && input) put("The input", *input, shown.sample, shown.input);
  if (links.weight) {
    const KernelScene& kernel = convolution(scene.layers[pointed.layer]).kernel;
    put("The kernel", kernel.weight, shown.filter, shown.slice);
  }
  const PredictState& predict = view.explore.predict;
  if ((links.output || links.pooled) && predict.on && !predict.all_shown) {
    view.message = {"The output is hidden while you predict it: Reveal all shows it.", false};
    return;
  }
  if (links.output && pointed.output != nullptr)
    put("The output", *pointed.output, shown.sample, shown.output);
  if (links.pooled && pointed.results->pooled) {
    put("The pooled output", pointed.results->pooled->output, shown.sample, shown.output);
  }
  const TrainingSnapshot* training = live.training().snapshot.get();
  if (links.gradient && training != nullptr)
    put("The gradient", training->gradient, shown.filter, shown.slice);
}

void copy_address(const Scene& scene, View& view) {
  Scene shown = scene;
  shown.look = look_of(scene.look, view.settings);
  try {
    const std::string address = scene_address(shown);
    ImGui::SetClipboardText(address.c_str());
    view.succeeded();
    view.show(Tell{
        "The scene's address was copied: " + count_text(static_cast<long long>(address.size())) +
        " characters. Ctrl+V, the dialog and the command line open it."});
  } catch (const Error& error) {
    view.message = {"There is no address: " + std::string(error.what()) + ".", true};
  }
}

void paste_pointed(const Document& document, const Live& live, View& view, Actions& actions) {
  const char* clipboard = ImGui::GetClipboardText();
  if (auto address = find_address(clipboard != nullptr ? clipboard : "")) {
    view.message = {};
    actions.push(OpenScene{.path = {}, .address = std::move(*address)});
    return;
  }
  if (const std::optional<std::filesystem::path> file =
          named_file(clipboard != nullptr ? clipboard : "")) {
    view.message = {};
    std::visit([&](auto wanted) { actions.push(std::move(wanted)); }, open_file(*file));
    return;
  }
  const PointedLayer pointed = pointed_layer(document, live, view);
  const Links& links = view.links;
  // The input of a later layer is computed, so it can't be replaced.
  if (!links.weight && (!links.input || pointed.layer > 0)) return;
  if (view.settings.backward) {
    view.message = {"Gradients are computed and can't be pasted into; B shows the values.", false};
    return;
  }
  view.message = {};  // the old message may be about the previous clipboard
  try {
    const Index max_size = links.input ? kMaxDrawnSize : kMaxKernelSize;
    const NumberTable read = read_number_table(clipboard != nullptr ? clipboard : "", max_size);
    const Tensor& plane = read.tensor;
    if (!read.note.empty()) {
      view.message = {"Pasted " + size_text({plane.shape().h, plane.shape().w}) +
                          " numbers: " + read.note + ".",
                      false};
    }
    if (links.input)
      actions.push(pasted(*document.scene().input.tensor, plane, pointed.shown));
    else
      paste_kernel(document, pointed, plane, actions);
    if (read.note.empty()) {
      actions.push(Tell{"Pasted " + size_text({plane.shape().h, plane.shape().w}) +
                            " numbers into " + (links.input ? "the input." : "the kernel."),
                        true});
    }
  } catch (const Error& error) {
    view.message = {std::string("The clipboard can't be pasted: ") + error.what() + ".", true};
  }
}

}  // namespace convscope::program
