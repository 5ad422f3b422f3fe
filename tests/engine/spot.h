#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine {

// A plane of 7 x 9 zeros with a spot of three cells near its upper left corner, which shows where
// it is shifted to.
inline Tensor spot() {
  Tensor plane({1, 1, 7, 9});
  plane.at(1, 2) = 4.0f;
  plane.at(2, 2) = 1.0f;
  plane.at(2, 3) = 2.0f;
  return plane;
}

}  // namespace convscope::engine
