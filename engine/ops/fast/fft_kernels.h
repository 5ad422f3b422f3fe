#pragma once

#include <array>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// Fourier transforms of square tiles with separate real and imaginary parts, each of kTile rows of
// kTileStride floats. The stride is not a power of two, which would put a whole column into a few
// cache sets.
constexpr Index kTile = 128;
constexpr Index kTileStride = 144;
constexpr Index kTileFloats = kTile * kTileStride;

// A tile of complex numbers.
struct ComplexTile {
  float* re;
  float* im;
};

// The factors exp(-2 pi i j / L) for the lengths L = 128, 32 and 8 of the radix-4 steps, to the
// powers 1, 2 and 3: [L][j][re, im of each power]. The last, radix-2 step needs none.
struct Twiddles {
  std::array<float, 6 * (kTile / 4)> of_128;
  std::array<float, 6 * 8> of_32;
  std::array<float, 6 * 2> of_8;
};
Twiddles make_twiddles();

// Transforms each column in place. The frequencies come in the order of a decimation in frequency,
// and the inverse expects that order; its result is not divided by kTile.
void transform_columns(const ComplexTile& tile, const Twiddles& twiddles);
void transform_columns_back(const ComplexTile& tile, const Twiddles& twiddles);

// Copies a tile with rows and columns exchanged.
void transpose(const float* from, float* to);

// Multiplies a by b, value by value.
void multiply(const ComplexTile& a, const ComplexTile& b);

// Returns whether every value is finite.
bool all_finite(const float* tile);

}  // namespace convscope::engine::fast
