#include "engine/kernel_info/kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/core/error.h"
#include "engine/core/number_text.h"
#include "engine/core/random.h"
#include "engine/core/shape_text.h"

namespace convscope::engine {
namespace {

constexpr std::array kPresets = {
    KernelPreset{"edge [1, -1]", "the notebook's: each value minus its right neighbour", false},
    KernelPreset{"0 1 2 3", "the notebook's 2 × 2 example", false},
    KernelPreset{"identity", "leaves the picture as it is", true},
    KernelPreset{"box", "the mean of the window", true},
    KernelPreset{"gaussian", "a weighted mean that blurs", true},
    KernelPreset{"sharpen", "adds what differs from the neighbours", false},
    KernelPreset{"sobel-x", "slope from left to right", false},
    KernelPreset{"sobel-y", "slope from top to bottom", false},
    KernelPreset{"prewitt-x", "slope from left to right, rows alike", false},
    KernelPreset{"prewitt-y", "slope from top to bottom, columns alike", false},
    KernelPreset{"scharr-x", "slope from left to right, the same in all directions", false},
    KernelPreset{"scharr-y", "slope from top to bottom, the same in all directions", false},
    KernelPreset{"laplacian", "curvature: spots and outlines", false},
    KernelPreset{"emboss", "light from the upper left", false},
    KernelPreset{"random", "drawn from a seed, as PyTorch starts a layer", true},
};

void require_kernel_size(Yx size) {
  if (std::min(size.y, size.x) < 1 || std::max(size.y, size.x) > kMaxKernelSize)
    throw Error("kernel size " + size_text(size) + " must be from 1 × 1 to " +
                size_text({kMaxKernelSize, kMaxKernelSize}));
}

Tensor fixed_kernel(std::string_view name) {
  if (name == "edge [1, -1]") return Tensor::from_rows({{1, -1}});
  if (name == "0 1 2 3") return Tensor::from_rows({{0, 1}, {2, 3}});
  if (name == "sharpen") return Tensor::from_rows({{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}});
  if (name == "sobel-x") return Tensor::from_rows({{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}});
  if (name == "sobel-y") return Tensor::from_rows({{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}});
  if (name == "prewitt-x") return Tensor::from_rows({{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}});
  if (name == "prewitt-y") return Tensor::from_rows({{-1, -1, -1}, {0, 0, 0}, {1, 1, 1}});
  if (name == "scharr-x") return Tensor::from_rows({{-3, 0, 3}, {-10, 0, 10}, {-3, 0, 3}});
  if (name == "scharr-y") return Tensor::from_rows({{-3, -10, -3}, {0, 0, 0}, {3, 10, 3}});
  if (name == "laplacian") return Tensor::from_rows({{0, 1, 0}, {1, -4, 1}, {0, 1, 0}});
  if (name == "emboss") return Tensor::from_rows({{-2, -1, 0}, {-1, 1, 1}, {0, 1, 2}});
  std::string names;
  for (const KernelPreset& preset : kPresets) {
    names += (names.empty() ? "" : ", ") + std::string(preset.name);
  }
  throw Error("there is no kernel \"" + std::string(name) + "\"; known are " + names);
}

void reverse_row(float* row, Index w) {
  std::reverse(row, row + w);
}

template <typename PlaneEdit>
void for_each_plane(Tensor& weight, PlaneEdit edit) {
  for (Index n = 0; n < weight.shape().n; ++n) {
    for (Index c = 0; c < weight.shape().c; ++c)
      edit(n, c);
  }
}

}  // namespace

std::span<const KernelPreset> kernel_presets() {
  return kPresets;
}

Tensor gaussian_kernel(Yx size, double sigma) {
  require_kernel_size(size);
  if (!(sigma >= 0.0) || std::isinf(sigma))
    throw Error("sigma " + number_text(sigma) + " of a Gaussian must not be negative");
  const auto profile = [&](Index i, Index k) {
    const double half = static_cast<double>(k - 1) / 2;
    const double width = sigma > 0.0 ? sigma : 0.3 * (half - 1) + 0.8;
    const double d = (static_cast<double>(i) - half) / width;
    return std::exp(-d * d / 2);
  };
  Tensor result(Shape{1, 1, size.y, size.x});
  for (Index y = 0; y < size.y; ++y) {
    for (Index x = 0; x < size.x; ++x)
      result.at(y, x) = static_cast<float>(profile(y, size.y) * profile(x, size.x));
  }
  normalise(result);
  return result;
}

Tensor make_kernel(std::string_view name, Yx size, std::uint64_t seed) {
  const auto preset = std::ranges::find(kPresets, name, &KernelPreset::name);
  if (preset != kPresets.end() && preset->any_size) require_kernel_size(size);
  if (name == "identity") {
    Tensor result(Shape{1, 1, size.y, size.x});
    result.at((size.y - 1) / 2, (size.x - 1) / 2) = 1.0f;
    return result;
  }
  if (name == "box") {
    return Tensor(Shape{1, 1, size.y, size.x}, 1.0f / static_cast<float>(size.y * size.x));
  }
  if (name == "gaussian") return gaussian_kernel(size);
  if (name == "random") return random_weight({1, 1, size.y, size.x}, seed);
  return fixed_kernel(name);
}

Tensor random_weight(const Shape& shape, std::uint64_t seed) {
  Tensor result(shape);
  Random random(seed);
  const float bound = 1.0f / std::sqrt(static_cast<float>(shape.c * shape.h * shape.w));
  for (float& value : result.values())
    value = random.uniform(-bound, bound);
  return result;
}

void normalise(Tensor& weight) {
  for_each_plane(weight, [&](Index n, Index c) {
    double sum = 0.0;
    double absolute = 0.0;
    for (const float value : weight.plane(n, c)) {
      sum += static_cast<double>(value);
      absolute += std::abs(static_cast<double>(value));
    }
    // Dividing by a sum that is only rounding error would blow the kernel up.
    const double by = std::abs(sum) > 1e-6 * absolute ? sum : absolute;
    if (by == 0.0) return;
    for (float& value : weight.plane(n, c)) {
      value = static_cast<float>(static_cast<double>(value) / by);
    }
  });
}

void flip_both(Tensor& weight) {
  flip_horizontal(weight);
  flip_vertical(weight);
}

void flip_horizontal(Tensor& weight) {
  for_each_plane(weight, [&](Index n, Index c) {
    for (Index y = 0; y < weight.shape().h; ++y)
      reverse_row(weight.row(n, c, y), weight.shape().w);
  });
}

void flip_vertical(Tensor& weight) {
  const Index h = weight.shape().h;
  const Index w = weight.shape().w;
  for_each_plane(weight, [&](Index n, Index c) {
    for (Index y = 0; y < h / 2; ++y) {
      std::swap_ranges(weight.row(n, c, y), weight.row(n, c, y) + w, weight.row(n, c, h - 1 - y));
    }
  });
}

Tensor rotated(const Tensor& weight) {
  Tensor result = transposed(weight);
  flip_horizontal(result);
  return result;
}

void negate(Tensor& weight) {
  for (float& value : weight.values())
    value = value == 0.0f ? 0.0f : -value;
}

Tensor resized(const Tensor& weight, Yx size) {
  const Shape& s = weight.shape();
  Tensor result(Shape{s.n, s.c, size.y, size.x});
  const Index dy = (size.y - 1) / 2 - (s.h - 1) / 2;
  const Index dx = (size.x - 1) / 2 - (s.w - 1) / 2;
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        for (Index x = 0; x < s.w; ++x) {
          const Yx to{y + dy, x + dx};
          if (to.y < 0 || to.y >= size.y || to.x < 0 || to.x >= size.x) continue;
          result.at(n, c, to.y, to.x) = weight.at(n, c, y, x);
        }
      }
    }
  }
  return result;
}

}  // namespace convscope::engine
