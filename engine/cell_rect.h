#pragma once

#include "engine/tensor.h"

namespace convscope {

// Rows [top, bottom) and columns [left, right) of every plane of a tensor.
struct CellRect {
  Index top = 0;
  Index left = 0;
  Index bottom = 0;
  Index right = 0;

  Index height() const { return bottom - top; }
  Index width() const { return right - left; }
  bool empty() const { return top >= bottom || left >= right; }
  friend bool operator==(const CellRect&, const CellRect&) = default;
};

inline CellRect whole(const Shape& shape) {
  return {0, 0, shape.h, shape.w};
}

}  // namespace convscope
