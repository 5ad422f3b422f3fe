#include "app/look/grid_boxes.h"

namespace convscope::look {

std::vector<CellBox> boxes_of(const CellGrid& grid) {
  constexpr Index kMaxCells = 600;
  if (grid.empty()) return {};
  const bool touching =
      (grid.step.y <= 1 || grid.count.y == 1) && (grid.step.x <= 1 || grid.count.x == 1);
  if (touching || grid.count.y * grid.count.x > kMaxCells) {
    const Yx extent = grid.extent();
    return {{grid.first.y, grid.first.x, extent.y, extent.x}};
  }
  std::vector<CellBox> boxes;
  for (Index y = 0; y < grid.count.y; ++y) {
    for (Index x = 0; x < grid.count.x; ++x)
      boxes.push_back({grid.first.y + y * grid.step.y, grid.first.x + x * grid.step.x, 1, 1});
  }
  return boxes;
}

}  // namespace convscope::look
