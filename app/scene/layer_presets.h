#pragma once

#include <cstdint>

#include "app/scene/scene.h"

// Layers and stacks by name, and what is done to a layer as a whole.
namespace convscope {

inline constexpr Index kMostFilters = 256;
inline constexpr Index kMostLayers = 8;      // of a scene
inline constexpr Index kMostPictures = 256;  // of a stack

inline constexpr const char* kRandomLayer = "random layer";
inline constexpr const char* kEdgesAndBlurs = "edges and blurs";

// One kernel for every channel as a layer of one filter, which sums the channels; a layer as it is.
KernelScene as_layer(const KernelScene& kernel, const ConvScene& conv, Index channels);
// One plane of a layer as the kernel for every channel.
KernelScene as_single_kernel(const KernelScene& layer, Index filter, Index slice, Index output);

// The number of filters, which is that of the output's channels.
Index filter_count(const KernelScene& layer, const ConvScene& conv);
// With another number of filters, rounded up to whole groups: new ones have random weights.
KernelScene with_filter_count(const KernelScene& layer, const ConvScene& conv, Index count);
// All weights and biases drawn as PyTorch's Conv2d draws them.
KernelScene redrawn(const KernelScene& layer, const ConvScene& conv, std::uint64_t seed);
// Known kernels of size 3 x 3, one a filter, on the mean of the channels.
KernelScene with_known_filters(const KernelScene& layer, const ConvScene& conv);
// As many random filters of a size.
KernelScene random_layer(Index filters, Index channels, Yx size, std::uint64_t seed);

// `count` pictures of noise from one seed, [count, channels, size.y, size.x].
InputScene noise_stack(Index count, Index channels, Yx size, std::uint64_t seed);

// `pictures` after those of `stack`, which has the same shape but for N.
Tensor with_pictures(const Tensor& stack, const Tensor& pictures);
// Without picture n of several.
Tensor without_picture(const Tensor& stack, Index n);

}  // namespace convscope
