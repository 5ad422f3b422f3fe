#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

inline constexpr Index kTileColumns = 256;  // most output columns of a tile

// Writes prediction - target, `count` values, into `prediction` itself and into `error`, and
// returns the sum of their squares. The square is of the exact difference, not of the one rounded
// to float. `streaming` is PlaneBlock's, for `error`.
double subtract_row(float* prediction, const float* target, Index count, float* error,
                    bool streaming);

}  // namespace convscope::engine::fast
