#include "app/scene/scene.h"

#include <algorithm>

#include "engine/error.h"
#include "engine/patterns.h"

namespace convscope {

Scene default_scene() {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("edge", {6, 8}, 0));
  return scene;
}

Conv2dOptions conv_options(const ConvScene& conv, Yx kernel, Index channels) {
  Conv2dOptions options;
  options.stride = conv.stride;
  options.dilation = conv.dilation;
  options.padding_mode = conv.padding_mode;
  options.groups = channels;
  switch (conv.padding_choice) {
    case PaddingChoice::kExplicit:
      options.padding = conv.padding;
      break;
    case PaddingChoice::kSame:
      if (conv.stride != Yx{1, 1}) {
        throw Error("padding \"same\" needs stride 1, and the stride is (" +
                    std::to_string(conv.stride.y) + ", " + std::to_string(conv.stride.x) +
                    "): set the stride to 1 or choose the padding by numbers");
      }
      options.padding = same_padding(kernel, conv.dilation);
      break;
    case PaddingChoice::kValid:
      break;
  }
  return options;
}

Tensor per_channel_weight(const Tensor& weight, Index channels) {
  Tensor result(Shape{channels, 1, weight.shape().h, weight.shape().w});
  for (Index c = 0; c < channels; ++c) {
    std::ranges::copy(weight.values(), result.plane(c, 0).begin());
  }
  return result;
}

}  // namespace convscope
