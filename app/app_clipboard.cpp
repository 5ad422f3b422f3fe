// Numbers as text: the plane under the pointer is copied, and a table goes into it.
#include <algorithm>
#include <utility>

#include "app/app.h"
#include "app/files/number_table.h"
#include "app/program/view/clipboard.h"
#include "app/ui/imgui_shim.h"
#include "engine/core/error.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"

namespace convscope {
namespace {

// Numbers of the same size go into the planes that are shown; others become the input.
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
  return Edit{std::move(pasted)};
}

}  // namespace

void App::copy() {
  const PointedLayer pointed = pointed_layer();
  const ShownPlanes& shown = pointed.shown;
  const auto put = [&](const char* what, const Tensor& tensor, Index n, Index c) {
    const Shape& s = tensor.shape();
    if (s.h * s.w > kMostCopied) {
      message_ = std::string(what) + " has " + std::to_string(s.h * s.w) + " values; at most " +
                 std::to_string(kMostCopied) + " are copied as text.";
      message_is_error_ = true;
      return;
    }
    ImGui::SetClipboardText(rows_text(tensor, std::min(n, s.n - 1), std::min(c, s.c - 1)).c_str());
  };
  if (!pointed.results) return;
  const Scene& scene = pointed.layer > 0 ? pointed.results->scene : scene_;
  if (links_.input) put("The input", *scene.input.tensor, shown.sample, shown.input);
  if (links_.weight) put("The kernel", scene.kernel.weight, shown.filter, shown.slice);
  if ((links_.output || links_.pooled) && explore_.predict.on && !explore_.predict.all_shown) {
    message_ = "The output is hidden while you predict it: Reveal all shows it.";
    message_is_error_ = false;
    return;
  }
  if (links_.output && pointed.output != nullptr)
    put("The output", *pointed.output, shown.sample, shown.output);
  if (links_.pooled && pointed.results->pooled) {
    put("The pooled output", pointed.results->pooled->output, shown.sample, shown.output);
  }
  if (links_.gradient && training_)
    put("The gradient", training_->gradient, shown.filter, shown.slice);
}

void App::paste() {
  const PointedLayer pointed = pointed_layer();
  // What comes into a later layer is computed.
  if (!links_.weight && (!links_.input || pointed.layer > 0)) return;
  message_.clear();  // it may tell how the text before this one was read
  try {
    const char* text = ImGui::GetClipboardText();
    const Index most = links_.input ? kMaxDrawnSize : kMaxKernelSize;
    const NumberTable read = read_number_table(text != nullptr ? text : "", most);
    const Tensor& tensor = read.tensor;
    if (links_.input) {
      actions_.push(pasted(*scene_.input.tensor, tensor, pointed.shown));
    } else {
      if (pointed.layer >= layer_count(scene_)) return;
      KernelScene kernel = layer_of(scene_, pointed.layer).kernel;
      // What is shown may be of a moment ago, with more planes.
      const Shape& k = kernel.weight.shape();
      kernel.weight = with_plane(kernel.weight, std::min(pointed.shown.filter, k.n - 1),
                                 std::min(pointed.shown.slice, k.c - 1), tensor);
      kernel.preset = "custom";
      ChainScene chain = scene_.chain;
      if (auto edit = edit_of_layer(Edit{std::move(kernel)}, pointed.layer, chain))
        actions_.push(std::move(*edit));
    }
    if (!read.note.empty()) {
      message_ = "Pasted " + size_text({tensor.shape().h, tensor.shape().w}) +
                 " numbers: " + read.note + ".";
      message_is_error_ = false;
    }
  } catch (const Error& error) {
    message_ = std::string("The clipboard can't be pasted: ") + error.what() + ".";
    message_is_error_ = true;
  }
}

}  // namespace convscope
