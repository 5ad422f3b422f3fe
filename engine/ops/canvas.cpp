#include "engine/ops/canvas.h"

#include <algorithm>

#include "engine/core/padding.h"

namespace convscope::engine {
namespace {

struct AxisOptions {
  Index stride, dilation, before;
};

CanvasAxis make_axis(Index input, Index outputs, Index kernel, const AxisOptions& o,
                     const Conv2dOptions& options) {
  CanvasAxis axis;
  axis.input = input;
  axis.outputs = outputs;
  axis.kernel = kernel;
  axis.dilation = o.dilation;
  axis.mode = options.padding_mode;
  axis.flipped = options.transposed;
  axis.stride = options.transposed ? 1 : o.stride;
  axis.spread = options.transposed ? o.stride : 1;
  axis.before = options.transposed ? (kernel - 1) * o.dilation - o.before : o.before;
  return axis;
}

}  // namespace

Index CanvasAxis::source(Index place) const {
  const Index i = place - before;
  if (spread == 1) return padding_source(i, input, mode);
  return i < 0 || i % spread != 0 || i / spread >= input ? -1 : i / spread;
}

Canvas make_canvas(const Shape& input, const Shape& weight, const Conv2dOptions& options) {
  const Shape out = conv2d_output_shape(input, weight, options);
  const Conv2dOptions& o = options;
  return {
      make_axis(input.h, out.h, weight.h, {o.stride.y, o.dilation.y, o.padding.top}, o),
      make_axis(input.w, out.w, weight.w, {o.stride.x, o.dilation.x, o.padding.left}, o),
  };
}

CanvasBand::CanvasBand(const Canvas& canvas) : canvas_(canvas) {
  const CanvasAxis& axis = canvas.x;
  for (Index tap = 0; tap < axis.kernel; ++tap) {
    const Index remainder = tap * axis.dilation % axis.stride;
    const auto found = std::ranges::find(remainders_, remainder);
    phase_of_tap_.push_back(found - remainders_.begin());
    if (found == remainders_.end()) remainders_.push_back(remainder);
  }
  largest_offset_ = offset(axis.kernel - 1);
  length_ = largest_offset_ + axis.outputs;
  for (const Index remainder : remainders_) {
    for (Index x = 0; x < length_; ++x) {
      // The last positions of a phase may lie beyond the canvas, where no window reaches them.
      const Index place = x * axis.stride + remainder;
      source_.push_back(place < axis.size() ? axis.source(place) : -1);
    }
  }
}

Index CanvasBand::offset(Index tap) const {
  return tap * canvas_.x.dilation / canvas_.x.stride;
}

void CanvasBand::load(const Tensor& input, Index n, Index channel, Index begin, Index end) {
  begin_ = begin;
  const Index row_size = phases() * length_;
  values_.resize(static_cast<std::size_t>((end - begin) * row_size));
  zero_.assign(static_cast<std::size_t>(end - begin), 0);
  for (Index y = begin; y < end; ++y) {
    double* to = values_.data() + (y - begin) * row_size;
    const Index from = canvas_.y.source(y);
    if (from < 0)
      zero_[static_cast<std::size_t>(y - begin)] = 1;
    else
      load_row(input.row(n, channel, from), to);
  }
}

void CanvasBand::load_row(const float* from, double* to) const {
  const CanvasAxis& axis = canvas_.x;
  const auto gather = [&](Index first, Index last) {
    for (Index k = first; k < last; ++k) {
      const Index source = source_[static_cast<std::size_t>(k)];
      to[k] = source < 0 ? 0.0 : static_cast<double>(from[source]);
    }
  };
  if (axis.stride > 1 || axis.spread > 1) {
    gather(0, phases() * length_);
    return;
  }
  // With one phase, the input lies in the row unchanged.
  const Index begin = std::clamp<Index>(axis.before, 0, length_);
  const Index end = std::clamp<Index>(axis.before + axis.input, begin, length_);
  gather(0, begin);
  for (Index x = begin; x < end; ++x)
    to[x] = static_cast<double>(from[x - axis.before]);
  gather(end, length_);
}

}  // namespace convscope::engine
