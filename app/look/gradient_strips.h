#pragma once

#include <optional>

#include "app/look/cell_strips.h"
#include "app/look/names.h"
#include "engine/core/padding.h"
#include "engine/ops/conv2d.h"

// Which rows and columns of a gradient's plane are not cells of the tensor that it belongs to.
namespace convscope::look {

// How the cells of Y stand in the plane of ∂L/∂Y that the turned kernel goes over: apart by the
// stride. By default they stand as they are.
struct SpreadCells {
  Yx step{1, 1};
  Yx first;  // where cell (0, 0) stands
  Yx to_plane(Yx cell) const { return {first.y + cell.y * step.y, first.x + cell.x * step.x}; }
  // Returns the cell of Y at a place of the plane; nullopt for a zero between or around them.
  std::optional<Yx> to_cell(Yx place, const Shape& output) const;
};

// Returns how stride_spread() places the cells for a weight of this shape.
SpreadCells spread_cells(const Conv2dOptions& options, const Shape& weight);

// Returns the rows and columns of zeros in the plane that the cells of Y are spread in.
CellStrips zero_strips(const SpreadCells& spread, const Shape& plane, const Shape& output);

// Returns the rows and columns of the padding in the frame around a gradient of the input's shape.
CellStrips padding_strips(const Padding& padding, const Shape& input);

}  // namespace convscope::look
