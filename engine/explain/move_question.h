#pragma once

#include <span>

#include "engine/core/cell_rect.h"
#include "engine/explain/explain_chain.h"

// Which cells of a result can be compared before and after its input is shifted, and by how much
// they should have moved.
namespace convscope::engine {

// A displacement, down and to the right, in cells of the plane that it belongs to.
struct Move {
  double y = 0.0, x = 0.0;
  friend bool operator==(const Move&, const Move&) = default;
};

// Returns the rows and columns of a picture of `shape` that stay in it when it is shifted, where
// they stand before the shift.
CellRect kept_cells(const Shape& shape, Yx by);
// Returns the cells of the last step's output that depend on cells of `kept` alone, and on no
// padding; empty where there are none.
CellRect cells_within(std::span<const ChainStep> steps, const CellRect& kept);
// Returns by how much the last step's output would move if its cells stood close together: the
// shift of the input divided by the strides, or times those of transposed convolutions.
Move expected_move(std::span<const ChainStep> steps, Yx by);

// What is known of the planes that are compared.
struct MoveQuestion {
  CellRect before;  // the cells that are compared, in the plane before the shift
  CellRect now;     // and in the plane after it
  Move expected;
  float rounding = 0.0f;  // differences that sums may have whose terms cancel
};
// Returns the question for a chain of steps whose input is shifted.
MoveQuestion move_question(std::span<const ChainStep> steps, Yx by);

}  // namespace convscope::engine
