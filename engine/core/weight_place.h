#pragma once

#include "engine/core/tensor.h"

namespace convscope::engine {

// The position of one weight in a tensor [C_out, C_in / groups, kh, kw]: weight.at(n, c, y, x).
struct WeightPlace {
  Index n = 0;
  Index c = 0;
  Index y = 0;
  Index x = 0;
  friend bool operator==(const WeightPlace&, const WeightPlace&) = default;
};

}  // namespace convscope::engine
