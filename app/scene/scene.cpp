#include "app/scene/scene.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/core/error.h"
#include "engine/core/patterns.h"
#include "engine/kernel_info/kernels.h"

namespace convscope::scene {
namespace {

bool same(std::span<const float> a, std::span<const float> b) {
  const auto same_value = [](float x, float y) {
    return x == y || (std::isnan(x) && std::isnan(y));
  };
  return std::ranges::equal(a, b, same_value);
}

bool same(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && same(a.values(), b.values());
}

}  // namespace

// Names all members, so that after adding one this doesn't compile until it is compared too.
bool operator==(const KernelScene& a, const KernelScene& b) {
  const auto& [weight, layer, bias, preset, seed, turned] = a;
  return same(weight, b.weight) && layer == b.layer && same(bias, b.bias) && preset == b.preset &&
         seed == b.seed && turned == b.turned;
}

bool operator==(const LearningScene& a, const LearningScene& b) {
  const auto& [target, hidden, picture, picture_name, seed, start, start_bias, rate, share_of_cliff,
               reduction, optimizer, tuning, bias, noise, steps_per_frame, steps_per_second, stop,
               compared] = a;
  return target == b.target && same(hidden, b.hidden) && picture == b.picture &&
         picture_name == b.picture_name && seed == b.seed && same(start, b.start) &&
         same(start_bias, b.start_bias) && rate == b.rate && share_of_cliff == b.share_of_cliff &&
         reduction == b.reduction && optimizer == b.optimizer && tuning == b.tuning &&
         bias == b.bias && noise == b.noise && steps_per_frame == b.steps_per_frame &&
         steps_per_second == b.steps_per_second && stop == b.stop && compared == b.compared;
}

Scene default_scene() {
  Scene scene;
  scene.input.tensor = std::make_shared<const Tensor>(make_pattern("edge", {6, 8}, 0));
  return scene;
}

KernelScene rotated_180(KernelScene kernel) {
  flip_both(kernel.weight);
  kernel.turned = !kernel.turned;
  return kernel;
}

InputScene transposed(const InputScene& input) {
  InputScene result = input;
  result.tensor = std::make_shared<const Tensor>(transposed(*input.tensor));
  result.scaled_to = {input.scaled_to.x, input.scaled_to.y};
  result.transposed = !input.transposed;
  result.shift = {};
  return result;
}

Conv2dOptions conv_options(const ConvScene& conv, Yx kernel, Index groups) {
  Conv2dOptions options;
  options.stride = conv.stride;
  options.dilation = conv.dilation;
  options.padding_mode = conv.padding_mode;
  options.groups = groups;
  options.transposed = conv.transposed;
  if (conv.transposed) options.output_padding = conv.output_padding;
  switch (conv.padding_choice) {
    case PaddingChoice::kExplicit:
      options.padding = conv.padding;
      break;
    case PaddingChoice::kSame:
      if (conv.transposed) {
        throw Error(
            "padding \"same\" is not for transposed convolution: choose the padding by "
            "numbers");
      }
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

Pool2dOptions pool_options(const PoolingScene& pool, const Shape& input) {
  Pool2dOptions options = pool.options;
  switch (pool.padding_choice) {
    case PaddingChoice::kExplicit:
      break;
    case PaddingChoice::kSame:
      options.padding = same_padding(input, options);
      // The user need not ask for the padding that "same" results in.
      options.allow_large_padding = true;
      break;
    case PaddingChoice::kValid:
      options.padding = {};
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

LayerArguments layer_arguments(const KernelScene& kernel, const ConvScene& conv, Index channels) {
  const Shape& k = kernel.weight.shape();
  LayerArguments result;
  result.options = conv_options(conv, {k.h, k.w}, kernel.layer ? conv.groups : channels);
  if (kernel.layer) {
    result.weight = kernel.weight;
    result.bias = kernel.bias;
  } else {
    result.weight = per_channel_weight(kernel.weight, channels);
    result.bias.assign(static_cast<std::size_t>(channels), kernel.bias.front());
  }
  return result;
}

Index output_channels(const KernelScene& kernel, const ConvScene& conv, Index channels) {
  const Shape& k = kernel.weight.shape();
  if (!kernel.layer) return channels;
  return conv.transposed ? k.c * conv.groups : k.n;
}

Tensor with_planes(const Tensor& weight, Index n, Index c) {
  const Shape& s = weight.shape();
  if (s.n == n && s.c == c) return weight;
  Tensor result(Shape{n, c, s.h, s.w});
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < c; ++j)
      std::ranges::copy(weight.plane(i % s.n, j % s.c), result.plane(i, j).begin());
  }
  return result;
}

Tensor with_channels_swapped(const Tensor& weight) {
  const Shape& s = weight.shape();
  Tensor result(Shape{s.c, s.n, s.h, s.w});
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c)
      std::ranges::copy(weight.plane(n, c), result.plane(c, n).begin());
  }
  return result;
}

Tensor weight_plane(const Tensor& weight, Index n, Index c) {
  const Shape& s = weight.shape();
  n = std::clamp<Index>(n, 0, s.n - 1);
  c = std::clamp<Index>(c, 0, s.c - 1);
  return Tensor({1, 1, s.h, s.w}, weight.plane(n, c));
}

Tensor with_plane(const Tensor& weight, Index n, Index c, const Tensor& plane) {
  const Shape& s = weight.shape();
  const Yx size{plane.shape().h, plane.shape().w};
  Tensor result = size == Yx{s.h, s.w} ? weight : resized(weight, size);
  std::ranges::copy(plane.values(), result.plane(n, c).begin());
  return result;
}

namespace {

// Fits a layer to its number of input channels; returns its number of output channels.
Index fit_layer(ConvolutionLayer& layer, Index channels) {
  KernelScene& kernel = layer.kernel;
  ConvScene& conv = layer.conv;
  const Shape k = kernel.weight.shape();
  if (!kernel.layer) {
    if (k.n != 1 || k.c != 1) kernel.weight = with_planes(kernel.weight, 1, 1);
    kernel.bias.resize(1, 0.0f);
    return channels;
  }
  // For transposed convolution these are the output channels of one group.
  const Index outputs = conv.transposed ? k.c : k.n;
  if (conv.groups < 1 || channels % conv.groups != 0 ||
      (!conv.transposed && outputs % conv.groups != 0)) {
    conv.groups = 1;
  }
  kernel.weight = conv.transposed ? with_planes(kernel.weight, channels, outputs)
                                  : with_planes(kernel.weight, outputs, channels / conv.groups);
  const Index given = output_channels(kernel, conv, channels);
  kernel.bias.resize(static_cast<std::size_t>(given), 0.0f);
  return given;
}

}  // namespace

void fit_channels(Scene& scene) {
  Index channels = scene.input.tensor->shape().c;
  for (LayerScene& layer : scene.layers)
    channels = std::visit([&](auto& kind) { return fit_layer(kind, channels); }, layer.kind);
  const Shape& k = first_layer(scene).kernel.weight.shape();
  const Shape& hidden = scene.learning.hidden.shape();
  if (hidden.n != k.n || hidden.c != k.c)
    scene.learning.hidden = with_planes(scene.learning.hidden, k.n, k.c);
}

}  // namespace convscope::scene
