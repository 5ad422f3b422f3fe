#pragma once

#include <vector>

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

// Returns the places of one weight of a kernel that each channel of `weight` repeats.
inline std::vector<WeightPlace> repeated_places(const WeightPlace& place, const Shape& weight) {
  std::vector<WeightPlace> places;
  for (Index n = 0; n < weight.n; ++n)
    places.push_back({n, 0, place.y, place.x});
  return places;
}

}  // namespace convscope::engine
