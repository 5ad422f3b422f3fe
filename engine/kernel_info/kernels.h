#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/tensor.h"

// Kernels by name, and operations on whole kernels. A kernel is [1, 1, kh, kw]; the operations work
// on every plane of a larger weight.
namespace convscope::engine {

// The largest height and width of a named kernel.
inline constexpr Index kMaxKernelSize = 31;

// A kernel of the menu.
struct KernelPreset {
  std::string_view name;
  std::string_view description;  // half a sentence on what it shows
  bool any_size;                 // whether the kernel exists at any size, not only at one
};

// Returns the presets in the order of the menu.
std::span<const KernelPreset> kernel_presets();

// Returns the named kernel, [1, 1, kh, kw]. Presets of a fixed size ignore `size`, and all that are
// not random ignore `seed`. The centre of an even size is the upper left of the four middle cells:
// (k - 1) / 2 on each axis. Throws Error for an unknown name and for a size outside 1 to
// kMaxKernelSize.
Tensor make_kernel(std::string_view name, Yx size, std::uint64_t seed);

// Returns a Gaussian [1, 1, size.y, size.x] that sums to 1, with standard deviation `sigma` in
// cells; even sizes are centred between cells. A sigma of 0 selects OpenCV's for the size, 0.3 ((k
// - 1) / 2 - 1) + 0.8 on each axis. Throws Error for a negative sigma, and for sizes as make_kernel
// does.
Tensor gaussian_kernel(Yx size, double sigma = 0.0);

// Returns initial weights as torch.nn.Conv2d draws them: uniform in ±1/sqrt(fan_in), where fan_in =
// C_in/groups · kh · kw.
Tensor random_weight(const Shape& shape, std::uint64_t seed);

// Divides each plane by its sum, or by its sum of |w| where the sum is 0.
void normalise(Tensor& weight);
// Rotates each plane by 180°, which turns cross-correlation into convolution.
void flip_both(Tensor& weight);
// Swaps left and right of each plane.
void flip_horizontal(Tensor& weight);
// Swaps top and bottom of each plane.
void flip_vertical(Tensor& weight);
// Returns each plane rotated by 90° clockwise: [.., kh, kw] -> [.., kw, kh].
Tensor rotated(const Tensor& weight);
// Changes the sign of every weight.
void negate(Tensor& weight);

// Returns the weight cropped or extended to `size` around the centre cell, (k - 1) / 2 on each
// axis; new cells are 0. An odd kernel therefore first grows at its bottom and right.
Tensor resized(const Tensor& weight, Yx size);

}  // namespace convscope::engine
