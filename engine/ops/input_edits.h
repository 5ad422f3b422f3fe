#pragma once

#include <cstdint>

#include "engine/core/tensor.h"

// Edits of a whole input [N, C, H, W], of all its pictures and channels alike.
namespace convscope::engine {

// What comes into a picture at the side that it is moved away from.
enum class ShiftFill {
  kZero,
  kEdge,  // the values of the border
  kWrap,  // what goes out at the other side
};

// Returns the pictures moved down by `by.y` and to the right by `by.x` cells, or up and to the left
// where these are negative, by as many as one likes: the result at (y, x) is the input at (y -
// by.y, x - by.x).
Tensor shifted(const Tensor& input, Yx by, ShiftFill fill);

// Replaces every value x by factor · x + summand. Throws Error where a finite value would become
// one that is not.
void scale(Tensor& values, float factor, float summand);

// Adds normally distributed noise with this standard deviation, always the same for a seed (Box and
// Muller, 1958). Throws Error where a finite value would become one that is not.
void add_noise(Tensor& values, double deviation, std::uint64_t seed);

// Replaces every value by 1 where it is at least `least`, else by 0; NaN stays NaN.
void threshold(Tensor& values, float least);

}  // namespace convscope::engine
