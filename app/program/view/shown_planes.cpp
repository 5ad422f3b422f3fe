#include "app/program/view/shown_planes.h"

#include <algorithm>

#include "app/scene/stage.h"
#include "engine/ops/cell_links.h"

namespace convscope::program {

ShownPlanes shown_planes(const Scene& scene, std::size_t layer, const ShowPlanes& wanted) {
  const auto within = [](Index i, Index count) {
    return std::clamp<Index>(i, 0, std::max<Index>(0, count - 1));
  };
  const KernelScene& kernel = convolution(scene.layers[layer]).kernel;
  const ConvScene& conv = convolution(scene.layers[layer]).conv;
  const Shape& k = kernel.weight.shape();
  const Index channels = input_channels_of(scene, layer);
  ShownPlanes shown;
  shown.sample = within(wanted.sample, scene.input.tensor->shape().n);
  shown.output = within(wanted.channel, output_channels(kernel, conv, channels));
  shown.in_colours = channels == 3 && (!kernel.layer || wanted.input_channel < 0);
  if (!kernel.layer) {
    shown.input = shown.output;
    return shown;
  }
  Conv2dOptions options;
  options.groups = conv.groups;
  options.transposed = conv.transposed;
  // Only `count` input channels from `first` on have a slice in the filter of the shown output
  // channel.
  const Index first = first_input_channel(k, options, shown.output);
  const Index count = options.transposed ? k.n / options.groups : k.c;
  shown.input = std::clamp<Index>(wanted.input_channel, first, first + count - 1);
  shown.filter = options.transposed ? shown.input : shown.output;
  shown.slice = options.transposed ? shown.output % k.c : shown.input - first;
  return shown;
}

}  // namespace convscope::program
