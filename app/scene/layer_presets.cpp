#include "app/scene/layer_presets.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <string_view>
#include <utility>

#include "app/scene/shared_tensor.h"
#include "engine/core/random.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::scene {
namespace {

constexpr std::array<std::string_view, 8> kKnown = {"identity", "sobel-x", "sobel-y", "laplacian",
                                                    "gaussian", "box",     "sharpen", "emboss"};

// Returns biases within 1/sqrt(fan_in), as torch.nn.Conv2d draws them.
std::vector<float> random_bias(const Shape& weight, std::size_t count, std::uint64_t seed) {
  const float bound = 1.0f / std::sqrt(static_cast<float>(weight.c * weight.h * weight.w));
  Random random(seed ^ 0xb1a5u);
  std::vector<float> bias(count);
  for (float& value : bias)
    value = random.uniform(-bound, bound);
  return bias;
}

// Returns the planes (n, c) of the weight that form the filter of an output channel.
std::vector<std::pair<Index, Index>> planes_of(const Shape& k, const ConvScene& conv,
                                               Index output) {
  std::vector<std::pair<Index, Index>> planes;
  if (!conv.transposed) {
    for (Index c = 0; c < k.c; ++c)
      planes.emplace_back(output, c);
    return planes;
  }
  const Index inputs = k.n / conv.groups;
  const Index first = output / k.c * inputs;
  for (Index i = 0; i < inputs; ++i)
    planes.emplace_back(first + i, output % k.c);
  return planes;
}

}  // namespace

KernelScene as_layer(const KernelScene& kernel, const ConvScene& conv, Index channels) {
  if (kernel.layer) return kernel;
  KernelScene layer = kernel;
  layer.layer = true;
  layer.weight = conv.transposed ? with_planes(kernel.weight, channels, 1)
                                 : with_planes(kernel.weight, 1, channels / conv.groups);
  layer.bias.assign(static_cast<std::size_t>(filter_count(layer, conv)), kernel.bias.front());
  return layer;
}

KernelScene as_single_kernel(const KernelScene& layer, Index filter, Index slice, Index output) {
  KernelScene kernel = layer;
  kernel.layer = false;
  kernel.weight = weight_plane(layer.weight, filter, slice);
  kernel.bias = {layer.bias[static_cast<std::size_t>(output)]};
  kernel.preset = "custom";
  return kernel;
}

Index filter_count(const KernelScene& layer, const ConvScene& conv) {
  const Shape& k = layer.weight.shape();
  return conv.transposed ? k.c * conv.groups : k.n;
}

KernelScene with_filter_count(const KernelScene& layer, const ConvScene& conv, Index count) {
  KernelScene result = layer;
  const Shape& k = layer.weight.shape();
  const Index per_group = std::max<Index>(1, (count + conv.groups - 1) / conv.groups);
  const Shape shape = conv.transposed ? Shape{k.n, per_group, k.h, k.w}
                                      : Shape{per_group * conv.groups, k.c, k.h, k.w};
  result.weight = random_weight(shape, layer.seed);
  for (Index n = 0; n < std::min(shape.n, k.n); ++n) {
    for (Index c = 0; c < std::min(shape.c, k.c); ++c)
      std::ranges::copy(layer.weight.plane(n, c), result.weight.plane(n, c).begin());
  }
  result.bias.resize(static_cast<std::size_t>(per_group * conv.groups), 0.0f);
  return result;
}

KernelScene redrawn(const KernelScene& layer, const ConvScene& conv, std::uint64_t seed) {
  KernelScene result = layer;
  const Shape& k = layer.weight.shape();
  result.weight = random_weight(k, seed);
  result.bias = random_bias(k, static_cast<std::size_t>(filter_count(layer, conv)), seed);
  result.seed = seed;
  result.preset = kRandomLayer;
  return result;
}

KernelScene with_known_filters(const KernelScene& layer, const ConvScene& conv) {
  KernelScene result = layer;
  const Shape& k = layer.weight.shape();
  result.weight = Tensor({k.n, k.c, 3, 3});
  const Index filters = filter_count(layer, conv);
  for (Index o = 0; o < filters; ++o) {
    const Tensor known =
        make_kernel(kKnown[static_cast<std::size_t>(o) % kKnown.size()], {3, 3}, 0);
    const auto planes = planes_of(k, conv, o);
    for (const auto& [n, c] : planes) {
      const auto values = result.weight.plane(n, c);
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = known.values()[i] / static_cast<float>(planes.size());
    }
  }
  result.bias.assign(static_cast<std::size_t>(filters), 0.0f);
  result.preset = kEdgesAndBlurs;
  return result;
}

Tensor named_kernel(const KernelScene& kernel, std::string_view name, Yx size) {
  Tensor weight = make_kernel(name, size, kernel.seed);
  if (kernel.turned) flip_both(weight);
  return weight;
}

KernelScene with_size(const KernelScene& kernel, const ConvScene& conv, Yx size) {
  const Shape& k = kernel.weight.shape();
  KernelScene result = kernel;
  result.weight = resized(kernel.weight, size);
  if (kernel.preset == kRandomLayer && redrawn(kernel, conv, kernel.seed) == kernel) {
    return redrawn(result, conv, kernel.seed);
  }
  result.preset = "custom";
  const auto presets = kernel_presets();
  const auto preset = std::ranges::find(presets, kernel.preset, &KernelPreset::name);
  if (preset == presets.end() || !preset->any_size) return result;
  const Tensor before = named_kernel(kernel, preset->name, {k.h, k.w});
  const Tensor now = named_kernel(kernel, preset->name, size);
  for (Index n = 0; n < k.n; ++n) {
    for (Index c = 0; c < k.c; ++c) {
      if (!std::ranges::equal(kernel.weight.plane(n, c), before.values())) continue;
      std::ranges::copy(now.values(), result.weight.plane(n, c).begin());
      result.preset = kernel.preset;
    }
  }
  return result;
}

KernelScene random_layer(Index filters, Index channels, Yx size, std::uint64_t seed) {
  KernelScene layer;
  layer.layer = true;
  layer.weight = Tensor({filters, channels, size.y, size.x});
  return redrawn(layer, {}, seed);
}

InputScene noise_stack(Index count, Index channels, Yx size, std::uint64_t seed) {
  Tensor tensor({count, channels, size.y, size.x});
  Random random(seed);
  for (float& value : tensor.values())
    value = random.uniform(0.0f, 1.0f);
  InputScene input;
  input.tensor = shared_tensor(std::move(tensor));
  input.name = "stack of noise";
  input.seed = seed;
  return input;
}

Tensor with_pictures(const Tensor& stack, const Tensor& pictures) {
  const Shape& a = stack.shape();
  const Shape& b = pictures.shape();
  assert(a.c == b.c && a.h == b.h && a.w == b.w);
  Tensor result;
  result.resize({a.n + b.n, a.c, a.h, a.w});
  std::ranges::copy(stack.values(), result.values().begin());
  std::ranges::copy(pictures.values(), result.values().begin() + a.numel());
  return result;
}

Tensor without_picture(const Tensor& stack, Index n) {
  const Shape& s = stack.shape();
  assert(s.n > 1 && n >= 0 && n < s.n);
  Tensor result;
  result.resize({s.n - 1, s.c, s.h, s.w});
  const Index picture = s.c * s.h * s.w;
  const auto from = stack.values().begin();
  const auto rest = std::copy(from, from + n * picture, result.values().begin());
  std::copy(from + (n + 1) * picture, stack.values().end(), rest);
  return result;
}

}  // namespace convscope::scene
