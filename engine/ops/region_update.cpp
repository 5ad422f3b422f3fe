#include "engine/ops/region_update.h"

#include <algorithm>
#include <array>

#include "engine/ops/conv2d_plan.h"
#include "engine/ops/fast/layer_path.h"
#include "engine/ops/fast/plane_path.h"
#include "engine/ops/pool2d_plan.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine {
namespace {

// Positions or cells [begin, end) of an axis.
struct Run {
  Index begin = 0;
  Index end = 0;
  bool empty() const { return begin >= end; }
  Index size() const { return std::max<Index>(0, end - begin); }
};

Run overlap(const Run& a, const Run& b) {
  return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

// One axis of a convolution or a pooling: output cell y covers the positions y * stride - before +
// t * dilation for the taps t.
struct WindowAxis {
  Index input, outputs;
  Index before, after;
  Index kernel, stride, dilation;
  PaddingMode mode = PaddingMode::kZeros;
};

Index floor_div(Index a, Index b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

// Returns the output cells whose windows cover some of the positions.
Run outputs_covering(const WindowAxis& axis, const Run& places) {
  if (places.empty()) return {};
  const Index reach = axis.dilation * (axis.kernel - 1);
  const Run cells{-floor_div(-(places.begin + axis.before - reach), axis.stride),
                  floor_div(places.end - 1 + axis.before, axis.stride) + 1};
  return overlap(cells, {0, axis.outputs});
}

// Returns the positions of the padding before and after the input where copies of the changed cells
// stand.
std::array<Run, 2> copies(const WindowAxis& axis, const Run& changed) {
  const Index n = axis.input;
  const Run before{-axis.before, 0};
  const Run after{n, n + axis.after};
  switch (axis.mode) {
    case PaddingMode::kZeros:
      return {};
    case PaddingMode::kReflect:
      return {overlap({-changed.end + 1, -changed.begin + 1}, before),
              overlap({2 * (n - 1) - changed.end + 1, 2 * (n - 1) - changed.begin + 1}, after)};
    case PaddingMode::kReplicate:
      return {changed.begin == 0 ? before : Run{}, changed.end == n ? after : Run{}};
    case PaddingMode::kCircular:
      return {overlap({changed.begin - n, changed.end - n}, before),
              overlap({changed.begin + n, changed.end + n}, after)};
  }
  return {};
}

// The output cells that a change reaches along one axis, as disjoint runs; unused runs at the end
// are empty.
struct Runs {
  std::array<Run, 3> run;
  Index size() const { return run[0].size() + run[1].size() + run[2].size(); }
};

Runs reached(const WindowAxis& axis, const Run& cells) {
  const Run changed = overlap(cells, {0, axis.input});
  if (changed.empty()) return {};
  const std::array<Run, 2> padding = copies(axis, changed);
  Runs result;
  std::size_t count = 0;
  for (const Run& places : {padding[0], changed, padding[1]}) {
    const Run run = outputs_covering(axis, places);
    if (run.empty()) continue;
    if (count > 0 && result.run[count - 1].end >= run.begin)
      result.run[count - 1].end = run.end;  // the runs touch, so they become one
    else
      result.run[count++] = run;
  }
  return result;
}

struct ReachedCells {
  Runs y, x;
};

ReachedCells reached_cells(const Shape& in, const CellRect& changed, const Shape& k,
                           const Shape& out, const Conv2dOptions& o) {
  const Padding& p = o.padding;
  const Run rows{changed.top, changed.bottom};
  const Run columns{changed.left, changed.right};
  if (!o.transposed)
    return {reached({in.h, out.h, p.top, p.bottom, k.h, o.stride.y, o.dilation.y, o.padding_mode},
                    rows),
            reached({in.w, out.w, p.left, p.right, k.w, o.stride.x, o.dilation.x, o.padding_mode},
                    columns)};
  // Each input cell is added to the output from y * stride - before on.
  const auto spread = [](const Run& cells, Index n, Index outputs, Index before, Index stride,
                         Index reach) -> Runs {
    const Run inside = overlap(cells, {0, n});
    if (inside.empty()) return {};
    const Run run{inside.begin * stride - before, (inside.end - 1) * stride - before + reach + 1};
    return {{overlap(run, {0, outputs})}};
  };
  return {spread(rows, in.h, out.h, p.top, o.stride.y, o.dilation.y * (k.h - 1)),
          spread(columns, in.w, out.w, p.left, o.stride.x, o.dilation.x * (k.w - 1))};
}

// Calls rect(cells) for each rectangle until a call returns false.
template <typename Rect>
bool for_each_rect(const ReachedCells& cells, const Rect& rect) {
  for (const Run& y : cells.y.run) {
    for (const Run& x : cells.x.run) {
      if (y.empty() || x.empty()) continue;
      if (!rect(CellRect{y.begin, x.begin, y.end, x.end})) return false;
    }
  }
  return true;
}

// Returns whether computing these cells directly is less work than computing all cells on their
// path. The Fourier and low-rank paths take about kCellWork products a cell.
bool update_pays(Conv2dPath path, const Shape& weight, const Shape& output, Index cells) {
  constexpr Index kCellWork = 100;
  const Index taps = weight.c * weight.h * weight.w;
  const bool direct = path == Conv2dPath::kPlane || path == Conv2dPath::kLayer;
  return path != Conv2dPath::kPlain &&
         2 * cells * taps <= output.h * output.w * (direct ? taps : std::min(taps, kCellWork));
}

WindowAxis window_axis(const PoolAxis& a, Index outputs) {
  return {a.n, outputs, a.before, a.after, a.kernel, a.stride, a.dilation};
}

}  // namespace

std::vector<CellRect> conv2d_reached(const Shape& input, const CellRect& changed,
                                     const Shape& weight, const Conv2dOptions& options) {
  const Shape output = conv2d_output_shape(input, weight, options);
  std::vector<CellRect> result;
  for_each_rect(reached_cells(input, changed, weight, output, options), [&](const CellRect& rect) {
    result.push_back(rect);
    return true;
  });
  return result;
}

std::optional<CellRect> conv2d_update_input(const Tensor& input, const CellRect& changed,
                                            const Tensor& weight, std::span<const float> bias,
                                            const Conv2dOptions& options, Tensor& output,
                                            Conv2dWorkspace& workspace,
                                            const std::stop_token& stop) {
  const Shape& out = output.shape();
  const Shape& k = weight.shape();
  assert(out == conv2d_output_shape(input.shape(), k, options));
  CellRect written;
  const auto wrote = [&](bool done) { return done ? std::optional(written) : std::nullopt; };
  const auto write_all = [&] {
    written = whole(out);
    return wrote(conv2d_into(input, weight, bias, options, output, workspace, stop));
  };
  if (options.transposed) return write_all();
  const ReachedCells cells = reached_cells(input.shape(), changed, k, out, options);
  if (cells.y.size() == 0 || cells.x.size() == 0) return wrote(!stop.stop_requested());
  const Conv2dPath path = choose_path(input.shape(), weight, out, options, workspace);
  // The plane path computes whole rows.
  const Index width = path == Conv2dPath::kPlane ? out.w : cells.x.size();
  if (!update_pays(path, k, out, cells.y.size() * width)) return write_all();
  fast::Workspace& scratch = workspace.scratch();
  if (path == Conv2dPath::kPlane) {
    return wrote(std::all_of(cells.y.run.begin(), cells.y.run.end(), [&](const Run& y) {
      if (y.empty()) return true;
      written = united(written, {y.begin, 0, y.end, out.w});
      return fast::plane_path(input, weight, bias, options, output, {y.begin, y.end}, scratch,
                              stop);
    }));
  }
  return wrote(for_each_rect(cells, [&](const CellRect& rect) {
    written = united(written, rect);
    return fast::layer_path(input, weight, bias, options, output, rect, scratch, stop);
  }));
}

CellRect pool2d_reached(const Shape& input, const CellRect& changed, const Pool2dOptions& o) {
  const Shape output = pool2d_output_shape(input, o);
  const auto middle = [](const WindowAxis& axis, const Run& cells) {
    return outputs_covering(axis, overlap(cells, {0, axis.input}));
  };
  const Run y = middle(window_axis(pool_rows(input, o), output.h), {changed.top, changed.bottom});
  const Run x =
      middle(window_axis(pool_columns(input, o), output.w), {changed.left, changed.right});
  if (y.empty() || x.empty()) return {};
  return {y.begin, x.begin, y.end, x.end};
}

bool pool2d_update(const Tensor& input, const CellRect& changed, const Pool2dOptions& options,
                   Pool2dResult& result, Conv2dWorkspace& workspace, const std::stop_token& stop) {
  assert(result.output.shape() == pool2d_output_shape(input.shape(), options));
  const CellRect window = pool2d_reached(input.shape(), changed, options);
  if (window.empty()) return !stop.stop_requested();
  const bool max = options.kind == PoolKind::kMax;
  return pool2d_on({}, input, options, result.output, max ? result.indices.data() : nullptr, window,
                   workspace, stop);
}

}  // namespace convscope::engine
