#include "app/program/view/shown_planes.h"

#include <algorithm>

#include "engine/ops/cell_links.h"

namespace convscope {

ShownPlanes shown_planes(const Scene& scene, const ShowPlanes& wanted) {
  const auto within = [](Index i, Index count) {
    return std::clamp<Index>(i, 0, std::max<Index>(0, count - 1));
  };
  const Shape& x = scene.input.tensor->shape();
  const Shape& k = scene.kernel.weight.shape();
  ShownPlanes shown;
  shown.sample = within(wanted.sample, x.n);
  shown.output = within(wanted.channel, output_channels(scene.kernel, scene.conv, x.c));
  shown.in_colours = x.c == 3 && (!scene.kernel.layer || wanted.input_channel < 0);
  if (!scene.kernel.layer) {
    shown.input = shown.output;
    return shown;
  }
  Conv2dOptions options;
  options.groups = scene.conv.groups;
  options.transposed = scene.conv.transposed;
  // Only these channels have a slice in the filter of the shown output channel.
  const Index first = first_input_channel(k, options, shown.output);
  const Index count = options.transposed ? k.n / options.groups : k.c;
  shown.input = std::clamp<Index>(wanted.input_channel, first, first + count - 1);
  shown.filter = options.transposed ? shown.input : shown.output;
  shown.slice = options.transposed ? shown.output % k.c : shown.input - first;
  return shown;
}

}  // namespace convscope
