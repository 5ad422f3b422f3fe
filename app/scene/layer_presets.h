#pragma once

#include <cstdint>
#include <string_view>

#include "app/scene/names.h"
#include "app/scene/scene.h"

// Layers and stacks by name, and operations on whole layers.
namespace convscope::scene {

inline constexpr Index kMaxFilters = 256;   // filters of a layer
inline constexpr Index kMaxLayers = 8;      // layers of a scene
inline constexpr Index kMaxPictures = 256;  // pictures of a stack

inline constexpr const char* kRandomLayer = "random layer";
inline constexpr const char* kEdgesAndBlurs = "edges and blurs";

// Returns a layer with one filter that applies `kernel` to every channel and sums the channels. A
// layer is returned unchanged.
KernelScene as_layer(const KernelScene& kernel, const ConvScene& conv, Index channels);
// Returns a kernel shared by every channel, made from one slice of a filter of `layer` and the bias
// of channel `output`.
KernelScene as_single_kernel(const KernelScene& layer, Index filter, Index slice, Index output);

// Returns the number of filters, which is the number of output channels.
Index filter_count(const KernelScene& layer, const ConvScene& conv);
// Returns the layer with `count` filters, rounded up to whole groups. New filters have random
// weights.
KernelScene with_filter_count(const KernelScene& layer, const ConvScene& conv, Index count);
// Returns the layer with all weights and biases drawn as torch.nn.Conv2d draws them.
KernelScene redrawn(const KernelScene& layer, const ConvScene& conv, std::uint64_t seed);
// Returns the layer with well-known 3 x 3 kernels, one for each filter, applied to the mean of the
// channels.
KernelScene with_known_filters(const KernelScene& layer, const ConvScene& conv);
// Returns the kernel of a name, [1, 1, size.y, size.x], from the seed of `kernel` and turned as
// that is. Throws Error as make_kernel does.
Tensor named_kernel(const KernelScene& kernel, std::string_view name, Yx size);
// Returns the kernel or layer at another size. A preset follows its size: planes that are its
// kernel are made anew, and a layer that was drawn is drawn. All others are cropped or extended.
KernelScene with_size(const KernelScene& kernel, const ConvScene& conv, Yx size);
// Returns a layer of `filters` random filters of this size.
KernelScene random_layer(Index filters, Index channels, Yx size, std::uint64_t seed);

// Returns `count` pictures of noise from one seed, [count, channels, size.y, size.x].
InputScene noise_stack(Index count, Index channels, Yx size, std::uint64_t seed);

// Returns the pictures of `stack` [N, C, H, W] followed by `pictures`, which have the same shape
// except for N.
Tensor with_pictures(const Tensor& stack, const Tensor& pictures);
// Returns the stack without picture n; it must have several.
Tensor without_picture(const Tensor& stack, Index n);

}  // namespace convscope::scene
