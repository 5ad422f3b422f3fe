#include "engine/ops/backward_links.h"

#include <algorithm>
#include <tuple>

#include "engine/ops/pool2d_window.h"

namespace convscope::engine {
namespace {

bool inside(Yx cell, const Shape& s) {
  return cell.y >= 0 && cell.x >= 0 && cell.y < s.h && cell.x < s.w;
}

// Returns the cells in order, each once.
std::vector<Yx> in_order(std::vector<Yx> cells) {
  std::ranges::sort(cells, {}, [](Yx cell) { return std::tuple(cell.y, cell.x); });
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

std::vector<Yx> cells_inside(const CellGrid& grid, const Shape& s) {
  std::vector<Yx> result;
  for (Index v = 0; v < grid.count.y; ++v) {
    for (Index u = 0; u < grid.count.x; ++u) {
      const Yx cell{grid.first.y + v * grid.step.y, grid.first.x + u * grid.step.x};
      if (inside(cell, s)) result.push_back(cell);
    }
  }
  return result;
}

// Returns the windows along one axis that cover no cell of the input.
std::vector<Index> empty_windows(const PoolAxis& axis, Index count) {
  std::vector<Index> result;
  for (Index i = 0; i < count; ++i) {
    if (window_range(axis, i).empty()) result.push_back(i);
  }
  return result;
}

// Appends the pooled cells whose window covers no cell of the input. As in PyTorch, the index of
// such a window may be that of a cell elsewhere.
void add_empty_windows(const Pool2dOptions& o, const Shape& input, const Shape& pooled,
                       std::vector<Yx>& cells) {
  for (const Index y : empty_windows(pool_rows(input, o), pooled.h)) {
    for (Index x = 0; x < pooled.w; ++x)
      cells.push_back({y, x});
  }
  for (const Index x : empty_windows(pool_columns(input, o), pooled.w)) {
    for (Index y = 0; y < pooled.h; ++y)
      cells.push_back({y, x});
  }
}

Index index_of(Yx cell, const Shape& s) {
  return cell.y * s.w + cell.x;
}

}  // namespace

std::vector<Yx> gradient_sources(Yx cell, Yx kernel, const Conv2dOptions& options, const Shape& in,
                                 const Shape& out) {
  const std::vector<Link> links = inside(cell, in)
                                      ? links_of_input(cell, kernel, options, in, out)
                                      : links_of_position(cell, kernel, options, in, out);
  std::vector<Yx> result;
  result.reserve(links.size());
  for (const Link& link : links)
    result.push_back(link.output);
  return in_order(std::move(result));
}

GradientTargets gradient_targets(Yx output, Yx kernel, const Conv2dOptions& options,
                                 const Shape& in, const Shape& out) {
  GradientTargets result;
  result.positions = receptive_field(output, kernel, options, in);
  for (const Link& link : links_of_output(output, kernel, options, in, out)) {
    if (link.source.y >= 0) result.sources.push_back(link.source);
  }
  result.sources = in_order(std::move(result.sources));
  return result;
}

std::span<const Index> indices_of_plane(std::span<const Index> indices, const Shape& pooled,
                                        Index n, Index channel) {
  if (indices.empty()) return {};
  const auto cells = static_cast<std::size_t>(pooled.h * pooled.w);
  return indices.subspan(static_cast<std::size_t>(n * pooled.c + channel) * cells, cells);
}

std::vector<Yx> pool_gradient_sources(Yx cell, std::span<const Index> indices,
                                      const Pool2dOptions& options, const Shape& input,
                                      const Shape& pooled) {
  std::vector<Yx> cells = cells_inside(pooled_cells_of(cell, options, pooled), pooled);
  if (options.kind == PoolKind::kAverage) return cells;
  assert(std::ssize(indices) == pooled.h * pooled.w);
  add_empty_windows(options, input, pooled, cells);
  std::erase_if(cells, [&](Yx at) {
    return indices[static_cast<std::size_t>(index_of(at, pooled))] != index_of(cell, input);
  });
  return in_order(std::move(cells));
}

std::vector<Yx> pool_gradient_targets(Yx pooled, std::span<const Index> indices,
                                      const Pool2dOptions& options, const Shape& input,
                                      const Shape& pooled_shape) {
  if (options.kind == PoolKind::kAverage) return cells_inside(pool_window(pooled, options), input);
  assert(std::ssize(indices) == pooled_shape.h * pooled_shape.w);
  const Index index = indices[static_cast<std::size_t>(index_of(pooled, pooled_shape))];
  if (index < 0 || index >= input.h * input.w) return {};
  return {{index / input.w, index % input.w}};
}

}  // namespace convscope::engine
