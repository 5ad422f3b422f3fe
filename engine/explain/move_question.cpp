#include "engine/explain/move_question.h"

#include <algorithm>

namespace convscope::engine {
namespace {

// Rows, or columns, [first, end).
struct AxisRun {
  Index first = 0, end = 0;
};

Index floor_div(Index a, Index b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

// Kernel, stride, dilation and padding of a step along one axis.
struct AxisStep {
  Index kernel, stride, dilation, before, output;
  bool transposed;
};

AxisStep rows_of(const ChainStep& s) {
  const Conv2dOptions& o = s.options;
  return {s.kernel.y, o.stride.y, o.dilation.y, o.padding.top, s.output.h, o.transposed};
}

AxisStep columns_of(const ChainStep& s) {
  const Conv2dOptions& o = s.options;
  return {s.kernel.x, o.stride.x, o.dilation.x, o.padding.left, s.output.w, o.transposed};
}

// Returns the cells of a step's output that depend on `kept` alone. Both ends of what an output
// cell sees grow with the cell, so that these cells are a run.
AxisRun run_within(const AxisStep& s, const AxisRun& kept) {
  const Index reach = (s.kernel - 1) * s.dilation;
  const auto inside = [&](Index o) {
    if (s.transposed) {
      const Index first = -floor_div(-(o + s.before - reach), s.stride);  // rounded up
      const Index last = floor_div(o + s.before, s.stride);
      return first >= kept.first && last < kept.end;
    }
    const Index first = o * s.stride - s.before;
    return first >= kept.first && first + reach < kept.end;
  };
  AxisRun run;
  while (run.first < s.output && !inside(run.first))
    ++run.first;
  run.end = run.first;
  while (run.end < s.output && inside(run.end))
    ++run.end;
  return run;
}

}  // namespace

CellRect kept_cells(const Shape& shape, Yx by) {
  return {std::clamp<Index>(-by.y, 0, shape.h), std::clamp<Index>(-by.x, 0, shape.w),
          std::clamp<Index>(shape.h - by.y, 0, shape.h),
          std::clamp<Index>(shape.w - by.x, 0, shape.w)};
}

CellRect cells_within(std::span<const ChainStep> steps, const CellRect& kept) {
  AxisRun rows{kept.top, kept.bottom};
  AxisRun columns{kept.left, kept.right};
  for (const ChainStep& step : steps) {
    rows = run_within(rows_of(step), rows);
    columns = run_within(columns_of(step), columns);
  }
  return {rows.first, columns.first, rows.end, columns.end};
}

Move expected_move(std::span<const ChainStep> steps, Yx by) {
  Move move{static_cast<double>(by.y), static_cast<double>(by.x)};
  for (const ChainStep& step : steps) {
    const auto y = static_cast<double>(step.options.stride.y);
    const auto x = static_cast<double>(step.options.stride.x);
    move = step.options.transposed ? Move{move.y * y, move.x * x} : Move{move.y / y, move.x / x};
  }
  return move;
}

MoveQuestion move_question(std::span<const ChainStep> steps, Yx by) {
  const CellRect kept = kept_cells(steps.front().input, by);
  const CellRect moved{kept.top + by.y, kept.left + by.x, kept.bottom + by.y, kept.right + by.x};
  return {cells_within(steps, kept), cells_within(steps, moved), expected_move(steps, by), 0.0f};
}

}  // namespace convscope::engine
