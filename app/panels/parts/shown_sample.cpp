#include "app/panels/parts/shown_sample.h"

#include <algorithm>

#include "app/program/view/names.h"

namespace convscope::panels {

Index shown_sample(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.sample, 0, tensor.shape().n - 1);
}

Index shown_channel(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.channel, 0, tensor.shape().c - 1);
}

ui::HeatmapPlane shown_input(const PanelContext& context) {
  // The input may belong to an older scene with fewer channels.
  const TensorPtr& input = context.layer.input;
  return {input.get(), input.revision(), shown_sample(context, *input),
          std::min(context.layer.shown.input, input->shape().c - 1)};
}

Tensor shown_plane(const PanelContext& context, const Tensor& weight) {
  return weight_plane(weight, context.layer.shown.filter, context.layer.shown.slice);
}

}  // namespace convscope::panels
