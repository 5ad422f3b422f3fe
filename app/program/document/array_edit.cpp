#include "app/program/document/array_edit.h"

#include <utility>

#include "app/scene/input_meaning.h"
#include "app/scene/layer_presets.h"
#include "app/scene/option_limits.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::program {
namespace {

InputScene input_of(LoadedArray array) {
  InputScene input;
  input.meaning = meaning_of(array.tensor);
  input.color = array.tensor.shape().c == 3;
  input.tensor = shared_tensor(std::move(array.tensor));
  input.name = std::move(array.name);
  return input;
}

KernelScene kernel_of(const ConvolutionLayer& layer, LoadedArray array) {
  const Shape& s = array.tensor.shape();
  KernelScene kernel;
  kernel.layer = s.n > 1 || s.c > 1;
  kernel.weight = std::move(array.tensor);
  kernel.preset = "custom";
  kernel.bias.assign(kernel.layer ? static_cast<std::size_t>(filter_count(kernel, layer.conv)) : 1u,
                     0.0f);
  if (kernel.bias.size() == layer.kernel.bias.size()) kernel.bias = layer.kernel.bias;
  return kernel;
}

LearningScene learning_of(const LearningScene& now, LoadedArray array) {
  LearningScene learning = now;
  learning.target = LearningTarget::kPicture;
  learning.picture = shared_tensor(std::move(array.tensor));
  learning.picture_name = std::move(array.name);
  return learning;
}

}  // namespace

std::string why_no_array_edit(const Shape& shape, ArrayUse use) {
  if (shape.numel() == 0) return "arrays of 1 to 4 axes with values can be taken";
  if (use == ArrayUse::kKernel) {
    if (shape.h > kMaxKernelSize || shape.w > kMaxKernelSize)
      return "a kernel has at most " + size_text({kMaxKernelSize, kMaxKernelSize}) +
             " weights, and this would have " + size_text({shape.h, shape.w});
    if (shape.n > kMaxFilters)
      return "a layer has at most " + count_text(kMaxFilters) + " filters, and this would have " +
             count_text(shape.n);
    return "";
  }
  if (shape.numel() > kMaxInputValues)
    return "at most " + count_text(kMaxInputValues) + " values can be taken, and this has " +
           count_text(shape.numel());
  if (shape.n > kMaxPictures)
    return "a stack has at most " + count_text(kMaxPictures) + " pictures, and this would have " +
           count_text(shape.n);
  return "";
}

Edit array_edit(const Scene& scene, LoadedArray array) {
  const ArrayUse use = array.wanted.use.value_or(ArrayUse::kInput);
  const Shape& shape = array.tensor.shape();
  if (const std::string why = why_no_array_edit(shape, use); !why.empty())
    throw Error("\"" + array.name + "\" is " + to_string(shape) + ": " + why);
  switch (use) {
    case ArrayUse::kKernel:
      return {LayerEdit{0, kernel_of(first_layer(scene), std::move(array))}};
    case ArrayUse::kTarget:
      return {learning_of(scene.learning, std::move(array))};
    case ArrayUse::kInput:
      break;
  }
  return {input_of(std::move(array))};
}

}  // namespace convscope::program
