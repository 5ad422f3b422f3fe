#include "engine/pool2d.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/error.h"

namespace convscope {
namespace {

// The part of a window along one axis that lies in the input: begin, begin + step, ... < end.
struct Range {
  Index begin = 0;
  Index end = 0;
  Index padded = 0;  // cells of the window in the padded input, for count_include_pad
};

Range window(Index position, Index n, Index kernel, Index stride, Index padding, Index dilation) {
  const Index start = position * stride - padding;
  const Index stop = start + dilation * (kernel - 1) + 1;
  const Index skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
  return {start + skipped * dilation, std::min(stop, n), std::min(stop, n + padding) - start};
}

std::vector<Range> windows(Index count, Index n, Index kernel, Index stride, Index padding,
                           Index dilation) {
  std::vector<Range> result;
  for (Index i = 0; i < count; ++i)
    result.push_back(window(i, n, kernel, stride, padding, dilation));
  return result;
}

struct Plan {
  std::vector<Range> ys;
  std::vector<Range> xs;
};

Plan make_plan(const Shape& input, const Shape& output, const Pool2dOptions& o) {
  return {windows(output.h, input.h, o.kernel.y, o.stride.y, o.padding.y, o.dilation.y),
          windows(output.w, input.w, o.kernel.x, o.stride.x, o.padding.x, o.dilation.x)};
}

void max_row(std::span<const float> plane, Index width, const Range& ry, const Plan& plan,
             Yx dilation, float* output, Index* indices) {
  for (const Range& rx : plan.xs) {
    float best = -std::numeric_limits<float>::infinity();
    Index at = ry.begin < ry.end && rx.begin < rx.end ? ry.begin * width + rx.begin : -1;
    for (Index y = ry.begin; y < ry.end; y += dilation.y) {
      for (Index x = rx.begin; x < rx.end; x += dilation.x) {
        const float value = plane[static_cast<std::size_t>(y * width + x)];
        if (value > best || std::isnan(value)) {
          best = value;
          at = y * width + x;
        }
      }
    }
    *output++ = best;
    *indices++ = at;
  }
}

float divisor(const Range& ry, const Range& rx, const Pool2dOptions& o) {
  if (o.divisor_override != 0) return static_cast<float>(o.divisor_override);
  if (o.count_include_pad) return static_cast<float>(ry.padded * rx.padded);
  return static_cast<float>((ry.end - ry.begin) * (rx.end - rx.begin));
}

void avg_row(std::span<const float> plane, Index width, const Range& ry, const Plan& plan,
             const Pool2dOptions& o, float* output) {
  for (const Range& rx : plan.xs) {
    float sum = 0.0f;
    for (Index y = ry.begin; y < ry.end; ++y) {
      for (Index x = rx.begin; x < rx.end; ++x)
        sum += plane[static_cast<std::size_t>(y * width + x)];
    }
    const bool empty = ry.begin >= ry.end || rx.begin >= rx.end;
    *output++ = empty ? 0.0f : sum / divisor(ry, rx, o);
  }
}

}  // namespace

Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options) {
  Pool2dResult result;
  const bool finished = pool2d_into(input, options, result);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool pool2d_into(const Tensor& input, const Pool2dOptions& options, Pool2dResult& result,
                 const std::stop_token& stop) {
  assert(&input != &result.output);
  const Shape shape = pool2d_output_shape(input.shape(), options);
  const Plan plan = make_plan(input.shape(), shape, options);
  const bool max = options.kind == PoolKind::kMax;
  result.output.resize(shape);
  result.indices.resize(max ? static_cast<std::size_t>(shape.numel()) : 0);
  Index* indices = result.indices.data();
  for (Index n = 0; n < shape.n; ++n) {
    for (Index c = 0; c < shape.c; ++c) {
      for (Index y = 0; y < shape.h; ++y) {
        if (stop.stop_requested()) return false;
        const Range& ry = plan.ys[static_cast<std::size_t>(y)];
        float* output = result.output.row(n, c, y);
        if (max) {
          max_row(input.plane(n, c), input.shape().w, ry, plan, options.dilation, output, indices);
          indices += shape.w;
        } else {
          avg_row(input.plane(n, c), input.shape().w, ry, plan, options, output);
        }
      }
    }
  }
  return true;
}

Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape) {
  const Shape& s = grad_output.shape();
  if (s.n != input_shape.n || s.c != input_shape.c)
    throw Error("output gradient " + to_string(s) + " does not fit input " +
                to_string(input_shape) + ": batch and channels must be the same");
  if (static_cast<Index>(indices.size()) != s.numel())
    throw Error(std::to_string(indices.size()) + " indices do not fit output gradient " +
                to_string(s) + ": there must be " + std::to_string(s.numel()));
  Tensor result(input_shape);
  const Index cells = input_shape.h * input_shape.w;
  const float* grad = grad_output.data();
  auto index = indices.begin();
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      const std::span<float> plane = result.plane(n, c);
      for (Index i = 0; i < s.h * s.w; ++i, ++index, ++grad) {
        if (*index >= cells || *index < -1)
          throw Error("index " + std::to_string(*index) + " lies outside input " +
                      to_string(input_shape));
        if (*index >= 0) plane[static_cast<std::size_t>(*index)] += *grad;
      }
    }
  }
  return result;
}

Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options) {
  const Shape shape = pool2d_output_shape(input_shape, options);
  if (grad_output.shape() != shape)
    throw Error("output gradient " + to_string(grad_output.shape()) + " does not fit input " +
                to_string(input_shape) + ": it must be " + to_string(shape));
  const Plan plan = make_plan(input_shape, shape, options);
  Tensor result(input_shape);
  for (Index n = 0; n < shape.n; ++n) {
    for (Index c = 0; c < shape.c; ++c) {
      for (Index y = 0; y < shape.h; ++y) {
        const Range& ry = plan.ys[static_cast<std::size_t>(y)];
        const float* grad = grad_output.row(n, c, y);
        for (const Range& rx : plan.xs) {
          const float share = *grad++ / divisor(ry, rx, options);
          for (Index iy = ry.begin; iy < ry.end; ++iy) {
            float* row = result.row(n, c, iy);
            for (Index ix = rx.begin; ix < rx.end; ++ix)
              row[ix] += share;
          }
        }
      }
    }
  }
  return result;
}

}  // namespace convscope
