#include "engine/ops/cell_links.h"

#include <algorithm>
#include <tuple>

#include "engine/core/padding.h"

namespace convscope::engine {
namespace {

// One axis of a convolution. Output cell and tap of an ordinary one meet the input at output *
// stride + tap * dilation - before; input cell and tap of a transposed one meet the output at input
// * stride + tap * dilation - before.
struct Axis {
  Index input, output, kernel, stride, dilation, before;
  PaddingMode mode;
  bool transposed;
};

Axis y_axis(Yx kernel, const Conv2dOptions& o, const Shape& in, const Shape& out) {
  return {in.h,         out.h,         kernel.y,       o.stride.y,
          o.dilation.y, o.padding.top, o.padding_mode, o.transposed};
}

Axis x_axis(Yx kernel, const Conv2dOptions& o, const Shape& in, const Shape& out) {
  return {in.w,         out.w,          kernel.x,       o.stride.x,
          o.dilation.x, o.padding.left, o.padding_mode, o.transposed};
}

struct AxisLink {
  Index output, tap, position, source;
};

// Finds the link of an output cell and a tap. Returns false where the tap of a transposed
// convolution falls between two input cells or outside the input.
bool link(const Axis& a, Index output, Index tap, AxisLink& result) {
  if (!a.transposed) {
    const Index position = output * a.stride + tap * a.dilation - a.before;
    result = {output, tap, position, padding_source(position, a.input, a.mode)};
    return true;
  }
  const Index place = output + a.before - tap * a.dilation;
  if (place < 0 || place % a.stride != 0 || place / a.stride >= a.input) return false;
  result = {output, tap, place / a.stride, place / a.stride};
  return true;
}

std::vector<AxisLink> axis_links_of_output(const Axis& a, Index output) {
  std::vector<AxisLink> result;
  AxisLink l{};
  for (Index tap = 0; tap < a.kernel; ++tap) {
    if (link(a, output, tap, l)) result.push_back(l);
  }
  return result;
}

std::vector<AxisLink> axis_links_of_tap(const Axis& a, Index tap) {
  std::vector<AxisLink> result;
  AxisLink l{};
  for (Index output = 0; output < a.output; ++output) {
    if (link(a, output, tap, l)) result.push_back(l);
  }
  return result;
}

// Appends the links of all outputs whose window has `position` under one of its taps.
void add_links_of_position(const Axis& a, Index position, std::vector<AxisLink>& result) {
  AxisLink l{};
  for (Index tap = 0; tap < a.kernel; ++tap) {
    const Index place = position + a.before - tap * a.dilation;
    if (place >= 0 && place % a.stride == 0 && place / a.stride < a.output &&
        link(a, place / a.stride, tap, l))
      result.push_back(l);
  }
}

std::vector<AxisLink> axis_links_of_input(const Axis& a, Index input) {
  std::vector<AxisLink> result;
  if (a.transposed) {
    for (Index tap = 0; tap < a.kernel; ++tap) {
      const Index output = input * a.stride + tap * a.dilation - a.before;
      if (output >= 0 && output < a.output) result.push_back({output, tap, input, input});
    }
  } else {
    const Index end = (a.output - 1) * a.stride + (a.kernel - 1) * a.dilation + 1 - a.before;
    for (Index position = -a.before; position < end; ++position) {
      if (padding_source(position, a.input, a.mode) == input)
        add_links_of_position(a, position, result);
    }
  }
  std::ranges::sort(result, {}, [](const AxisLink& l) { return std::tuple(l.output, l.tap); });
  return result;
}

std::vector<Link> product(const std::vector<AxisLink>& ys, const std::vector<AxisLink>& xs) {
  std::vector<Link> result;
  result.reserve(ys.size() * xs.size());
  for (const AxisLink& y : ys) {
    for (const AxisLink& x : xs) {
      const bool zero = y.source < 0 || x.source < 0;
      result.push_back({{y.output, x.output},
                        {y.tap, x.tap},
                        {y.position, x.position},
                        zero ? Yx{-1, -1} : Yx{y.source, x.source}});
    }
  }
  std::ranges::sort(result, {}, [](const Link& l) {
    return std::tuple(l.output.y, l.output.x, l.weight.y, l.weight.x);
  });
  return result;
}

// Evenly spaced cells along one axis.
struct Run {
  Index first = 0, step = 1, count = 0;
  void add(Index i) {
    if (count == 1) step = i - first;
    if (count == 0) first = i;
    ++count;
  }
};

// Returns the i in [0, n) with i * stride + tap * dilation == place for some tap, in rising order.
Run matches(Index place, Index kernel, Index stride, Index dilation, Index n) {
  Run run;
  for (Index tap = kernel - 1; tap >= 0; --tap) {
    const Index rest = place - tap * dilation;
    if (rest >= 0 && rest % stride == 0 && rest / stride < n) run.add(rest / stride);
  }
  return run;
}

// Returns i * stride + tap * dilation - before for every tap for which it lies in [0, n).
Run spread(Index i, Index kernel, Index stride, Index dilation, Index before, Index n) {
  Run run;
  for (Index tap = 0; tap < kernel; ++tap) {
    const Index place = i * stride + tap * dilation - before;
    if (place >= 0 && place < n) run.add(place);
  }
  return run;
}

CellGrid grid(const Run& y, const Run& x) {
  return {{y.first, x.first}, {y.step, x.step}, {y.count, x.count}};
}

}  // namespace

CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& o) {
  assert(!o.transposed);
  return {{output.y * o.stride.y - o.padding.top, output.x * o.stride.x - o.padding.left},
          o.dilation,
          kernel};
}

CellGrid receptive_field(Yx output, Yx kernel, const Conv2dOptions& o, const Shape& in) {
  if (!o.transposed) return receptive_field(output, kernel, o);
  return grid(matches(output.y + o.padding.top, kernel.y, o.stride.y, o.dilation.y, in.h),
              matches(output.x + o.padding.left, kernel.x, o.stride.x, o.dilation.x, in.w));
}

CellGrid reached_outputs(Yx input, Yx kernel, const Conv2dOptions& o, const Shape& out) {
  const Padding& p = o.padding;
  if (o.transposed)
    return grid(spread(input.y, kernel.y, o.stride.y, o.dilation.y, p.top, out.h),
                spread(input.x, kernel.x, o.stride.x, o.dilation.x, p.left, out.w));
  return grid(matches(input.y + p.top, kernel.y, o.stride.y, o.dilation.y, out.h),
              matches(input.x + p.left, kernel.x, o.stride.x, o.dilation.x, out.w));
}

CellGrid touched_inputs(Yx weight, const Conv2dOptions& o, const Shape& out) {
  assert(!o.transposed);
  return {{weight.y * o.dilation.y - o.padding.top, weight.x * o.dilation.x - o.padding.left},
          o.stride,
          {out.h, out.w}};
}

CellGrid touched_inputs(Yx weight, const Conv2dOptions& o, const Shape& in, const Shape& out) {
  if (!o.transposed) return touched_inputs(weight, o, out);
  // Input cell i meets the weight at output cell i * stride + tap * dilation - before.
  const auto axis = [](Index tap, Index stride, Index dilation, Index before, Index n,
                       Index outputs) {
    Run run;
    for (Index i = 0; i < n; ++i) {
      const Index place = i * stride + tap * dilation - before;
      if (place >= 0 && place < outputs) run.add(i);
    }
    return run;
  };
  return grid(axis(weight.y, o.stride.y, o.dilation.y, o.padding.top, in.h, out.h),
              axis(weight.x, o.stride.x, o.dilation.x, o.padding.left, in.w, out.w));
}

CellGrid pool_window(Yx pooled, const Pool2dOptions& o) {
  return {{pooled.y * o.stride.y - o.padding.top, pooled.x * o.stride.x - o.padding.left},
          o.dilation,
          o.kernel};
}

CellGrid pooled_cells_of(Yx cell, const Pool2dOptions& o, const Shape& pooled) {
  return grid(matches(cell.y + o.padding.top, o.kernel.y, o.stride.y, o.dilation.y, pooled.h),
              matches(cell.x + o.padding.left, o.kernel.x, o.stride.x, o.dilation.x, pooled.w));
}

CellGrid pooled_receptive_field(Yx pooled, const Pool2dOptions& pool, const Shape& in,
                                const Shape& out, Yx kernel, const Conv2dOptions& conv) {
  const CellGrid window = pool_window(pooled, pool);
  const Run ys = spread(0, window.count.y, 1, window.step.y, -window.first.y, out.h);
  const Run xs = spread(0, window.count.x, 1, window.step.x, -window.first.x, out.w);
  if (grid(ys, xs).empty()) return {};
  // Some cells of a transposed convolution sum nothing, so the field spans from the first to the
  // last cell that does.
  Run rows, columns;
  const auto span = [](Run& all, Index first, Index extent) {
    const Index end = std::max(first + extent, all.count == 0 ? first : all.first + all.count);
    all.first = all.count == 0 ? first : std::min(first, all.first);
    all.count = end - all.first;
  };
  for (Index i = 0; i < ys.count; ++i) {
    const Yx cell{ys.first + i * ys.step, xs.first};
    const CellGrid field = receptive_field(cell, kernel, conv, in);
    if (field.count.y > 0) span(rows, field.first.y, field.extent().y);
  }
  for (Index i = 0; i < xs.count; ++i) {
    const Yx cell{ys.first, xs.first + i * xs.step};
    const CellGrid field = receptive_field(cell, kernel, conv, in);
    if (field.count.x > 0) span(columns, field.first.x, field.extent().x);
  }
  return grid(rows, columns);
}

std::vector<Link> links_of_output(Yx output, Yx kernel, const Conv2dOptions& o, const Shape& in,
                                  const Shape& out) {
  return product(axis_links_of_output(y_axis(kernel, o, in, out), output.y),
                 axis_links_of_output(x_axis(kernel, o, in, out), output.x));
}

std::vector<Link> links_of_input(Yx input, Yx kernel, const Conv2dOptions& o, const Shape& in,
                                 const Shape& out) {
  return product(axis_links_of_input(y_axis(kernel, o, in, out), input.y),
                 axis_links_of_input(x_axis(kernel, o, in, out), input.x));
}

std::vector<Link> links_of_position(Yx position, Yx kernel, const Conv2dOptions& o, const Shape& in,
                                    const Shape& out) {
  assert(!o.transposed);
  std::vector<AxisLink> ys, xs;
  add_links_of_position(y_axis(kernel, o, in, out), position.y, ys);
  add_links_of_position(x_axis(kernel, o, in, out), position.x, xs);
  return product(ys, xs);
}

std::vector<Link> links_of_weight(Yx weight, Yx kernel, const Conv2dOptions& o, const Shape& in,
                                  const Shape& out) {
  return product(axis_links_of_tap(y_axis(kernel, o, in, out), weight.y),
                 axis_links_of_tap(x_axis(kernel, o, in, out), weight.x));
}

PaddedCell padded_cell(const Tensor& input, Index n, Index channel, Yx position, PaddingMode mode) {
  const Shape& s = input.shape();
  const Yx source{padding_source(position.y, s.h, mode), padding_source(position.x, s.w, mode)};
  if (source.y < 0 || source.x < 0) return {0.0f, true, {-1, -1}};
  return {input.at(n, channel, source.y, source.x), source != position, source};
}

ChainField chained(const ChainField& field, Index kernel, Index stride, Index before,
                   Index dilation) {
  return {field.start - before * field.jump, field.jump * stride,
          field.size + dilation * (kernel - 1) * field.jump};
}

Index first_input_channel(const Shape& weight, const Conv2dOptions& options, Index channel) {
  if (options.transposed) return channel / weight.c * (weight.n / options.groups);
  return channel / (weight.n / options.groups) * weight.c;
}

}  // namespace convscope::engine
