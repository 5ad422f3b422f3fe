#pragma once

#include <array>

#include "engine/core/tensor.h"

namespace convscope::fast {

// Fourier transforms of square tiles, real and imaginary parts apart, each kTile rows of
// kTileStride floats (a stride of whole powers of two would put a column into a few cache sets
// only).
constexpr Index kTile = 128;
constexpr Index kTileStride = 144;
constexpr Index kTileFloats = kTile * kTileStride;

struct ComplexTile {
  float* re;
  float* im;
};

// exp(-2 pi i j / L) for the lengths L = 128, 32 and 8 of the radix-4 steps, to the powers 1, 2, 3:
// [L][j][re, im of each power]. A last radix-2 step needs none.
struct Twiddles {
  std::array<float, 6 * (kTile / 4)> of_128;
  std::array<float, 6 * 8> of_32;
  std::array<float, 6 * 2> of_8;
};
Twiddles make_twiddles();

// In place, of each column. Frequencies come in the order in which a decimation in frequency leaves
// them, and the inverse takes them in that order; it is not divided by kTile.
void transform_columns(const ComplexTile& tile, const Twiddles& twiddles);
void transform_columns_back(const ComplexTile& tile, const Twiddles& twiddles);

// Rows become columns.
void transpose(const float* from, float* to);

// a *= b, value by value.
void multiply(const ComplexTile& a, const ComplexTile& b);

// Whether every value is a finite number.
bool all_finite(const float* tile);

}  // namespace convscope::fast
