#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/core/tensor.h"

// Kernels by name, and what is done to a kernel as a whole. A kernel is [1, 1, kh, kw] here; all
// functions work on every plane of a larger weight.
namespace convscope {

inline constexpr Index kMaxKernelSize = 31;

struct KernelPreset {
  std::string_view name;
  std::string_view description;  // what it shows, in half a sentence
  bool any_size;                 // made at the size asked for; else it has one size of its own
};

// In the order of the menu.
std::span<const KernelPreset> kernel_presets();

// The named kernel, [1, 1, kh, kw]; `size` and `seed` are used where the preset has them. An even
// size has its centre at the upper left of the four middle cells: (k - 1) / 2 on each axis. Throws
// Error for another name, and for a size outside 1 to kMaxKernelSize.
Tensor make_kernel(std::string_view name, Yx size, std::uint64_t seed);

// A Gaussian that sums to 1, its standard deviation `sigma` in cells; even sizes are centred
// between cells. A sigma of 0 takes OpenCV's for the size: 0.3 ((k - 1) / 2 - 1) + 0.8 on each
// axis. Throws Error for a negative sigma, and for sizes as make_kernel.
Tensor gaussian_kernel(Yx size, double sigma = 0.0);

// Start weights as PyTorch's Conv2d draws them: uniform in ±1/sqrt(fan_in), fan_in = C_in/groups ·
// kh · kw.
Tensor random_weight(const Shape& shape, std::uint64_t seed);

void normalise(Tensor& weight);  // divides each plane by its sum; by the sum of |w| where that is 0
void flip_both(Tensor& weight);  // 180 degrees: cross-correlation becomes convolution
void flip_horizontal(Tensor& weight);  // left and right
void flip_vertical(Tensor& weight);    // top and bottom
Tensor rotated(const Tensor& weight);  // a quarter turn clockwise: [.., kh, kw] -> [.., kw, kh]
void negate(Tensor& weight);

// Cut or grown to `size` around the centre cell, (k - 1) / 2 on each axis; new cells are 0. So the
// first row or column to be added to an odd kernel is at its bottom or right.
Tensor resized(const Tensor& weight, Yx size);

}  // namespace convscope
