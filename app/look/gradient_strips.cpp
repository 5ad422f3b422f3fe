#include "app/look/gradient_strips.h"

#include <vector>

namespace convscope::look {

std::optional<Yx> SpreadCells::to_cell(Yx place, const Shape& output) const {
  const Yx from{place.y - first.y, place.x - first.x};
  if (from.y < 0 || from.x < 0 || from.y % step.y != 0 || from.x % step.x != 0) return std::nullopt;
  const Yx cell{from.y / step.y, from.x / step.x};
  if (cell.y >= output.h || cell.x >= output.w) return std::nullopt;
  return cell;
}

SpreadCells spread_cells(const Conv2dOptions& options, const Shape& weight) {
  return {options.stride,
          {options.dilation.y * (weight.h - 1), options.dilation.x * (weight.w - 1)}};
}

CellStrips zero_strips(const SpreadCells& spread, const Shape& plane, const Shape& output) {
  CellStrips strips;
  const auto add = [](std::vector<CellRun>& runs, Index size, Index first, Index step,
                      Index cells) {
    for (Index i = 0; i < size; ++i) {
      const Index from = i - first;
      if (from >= 0 && from % step == 0 && from / step < cells) continue;
      if (!runs.empty() && runs.back().first + runs.back().count == i)
        ++runs.back().count;
      else
        runs.push_back({i, 1});
    }
  };
  add(strips.rows, plane.h, spread.first.y, spread.step.y, output.h);
  add(strips.columns, plane.w, spread.first.x, spread.step.x, output.w);
  return strips;
}

CellStrips padding_strips(const Padding& padding, const Shape& input) {
  CellStrips strips;
  const auto add = [](std::vector<CellRun>& runs, Index first, Index count) {
    if (count > 0) runs.push_back({first, count});
  };
  add(strips.rows, 0, padding.top);
  add(strips.rows, padding.top + input.h, padding.bottom);
  add(strips.columns, 0, padding.left);
  add(strips.columns, padding.left + input.w, padding.right);
  return strips;
}

}  // namespace convscope::look
