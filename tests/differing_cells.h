#pragma once

#include <bit>
#include <cstdint>

#include "engine/core/cell_rect.h"

namespace convscope::engine {

// The smallest rectangle around the cells that differ, in any plane, bit by bit. The shapes
// must be the same.
inline CellRect differing_cells(const Tensor& a, const Tensor& b) {
  const Shape& s = a.shape();
  CellRect all;
  for (Index plane = 0; plane < s.n * s.c; ++plane) {
    for (Index y = 0; y < s.h; ++y) {
      for (Index x = 0; x < s.w; ++x) {
        const float p = a.at(plane / s.c, plane % s.c, y, x);
        const float q = b.at(plane / s.c, plane % s.c, y, x);
        if (std::bit_cast<std::uint32_t>(p) != std::bit_cast<std::uint32_t>(q))
          all = united(all, {y, x, y + 1, x + 1});
      }
    }
  }
  return all;
}

}  // namespace convscope::engine
