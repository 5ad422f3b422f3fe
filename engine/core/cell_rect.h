#pragma once

#include <algorithm>

#include "engine/core/tensor.h"

namespace convscope::engine {

// A rectangle of cells: rows [top, bottom) and columns [left, right) of every plane of a tensor.
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

// Returns the smallest rectangle that contains both `a` and `b`.
inline CellRect united(const CellRect& a, const CellRect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.top, b.top), std::min(a.left, b.left), std::max(a.bottom, b.bottom),
          std::max(a.right, b.right)};
}

// What both have in common; empty where there is nothing.
inline CellRect intersected(const CellRect& a, const CellRect& b) {
  return {std::max(a.top, b.top), std::max(a.left, b.left), std::min(a.bottom, b.bottom),
          std::min(a.right, b.right)};
}

// Returns the rectangle of all cells of a plane.
inline CellRect whole(const Shape& shape) {
  return {0, 0, shape.h, shape.w};
}

}  // namespace convscope::engine
