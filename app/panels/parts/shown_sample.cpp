#include "app/panels/parts/shown_sample.h"

#include <algorithm>

#include "app/program/view/names.h"

namespace convscope {

Index shown_sample(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.sample, 0, tensor.shape().n - 1);
}

Index shown_channel(const PanelContext& context, const Tensor& tensor) {
  return std::clamp<Index>(context.layer.wanted.channel, 0, tensor.shape().c - 1);
}

ui::HeatmapPlane shown_input(const PanelContext& context) {
  const TensorPtr& input = context.layer.scene.input.tensor;
  return {input.get(), input.revision(), context.layer.shown.sample, context.layer.shown.input};
}

Tensor shown_plane(const PanelContext& context, const Tensor& weight) {
  return weight_plane(weight, context.layer.shown.filter, context.layer.shown.slice);
}

}  // namespace convscope
