#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/tensor.h"

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

// The named kernel; `size` and `seed` are used where the preset has them. Throws Error for another
// name.
Tensor make_kernel(std::string_view name, Yx size, std::uint64_t seed);

// Start weights as PyTorch's Conv2d draws them: uniform in ±1/sqrt(fan_in), fan_in = C_in/groups ·
// kh · kw.
Tensor random_weight(const Shape& shape, std::uint64_t seed);

void normalise(Tensor& weight);  // divides each plane by its sum; by the sum of |w| where that is 0
void flip_both(Tensor& weight);  // 180 degrees: cross-correlation becomes convolution
void flip_horizontal(Tensor& weight);  // left and right
void flip_vertical(Tensor& weight);    // top and bottom
Tensor rotated(const Tensor& weight);  // a quarter turn clockwise: [.., kh, kw] -> [.., kw, kh]
void negate(Tensor& weight);

// Cut or grown to `size` around the centre cell ((k - 1) / 2 on each axis), new cells 0.
Tensor resized(const Tensor& weight, Yx size);

}  // namespace convscope
