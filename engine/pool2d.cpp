#include "engine/pool2d.h"

#include <string>

#include "engine/error.h"
#include "engine/pool2d_plan.h"
#include "engine/pool2d_window.h"

namespace convscope {
Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options) {
  Pool2dResult result;
  const bool finished = pool2d_into(input, options, result);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool pool2d_into(const Tensor& input, const Pool2dOptions& options, Pool2dResult& result,
                 const std::stop_token& stop) {
  Conv2dWorkspace workspace;
  return pool2d_into(input, options, result, workspace, stop);
}

bool pool2d_into(const Tensor& input, const Pool2dOptions& options, Pool2dResult& result,
                 Conv2dWorkspace& workspace, const std::stop_token& stop) {
  assert(&input != &result.output);
  result.output.resize(pool2d_output_shape(input.shape(), options));
  const bool max = options.kind == PoolKind::kMax;
  result.indices.resize(max ? static_cast<std::size_t>(result.output.numel()) : 0);
  return pool2d_on({}, input, options, result.output, max ? result.indices.data() : nullptr,
                   workspace, stop);
}

bool pool2d_values_into(const Tensor& input, const Pool2dOptions& options, Tensor& output,
                        Conv2dWorkspace& workspace, const std::stop_token& stop) {
  assert(&input != &output);
  output.resize(pool2d_output_shape(input.shape(), options));
  return pool2d_on({}, input, options, output, nullptr, workspace, stop);
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
  const WindowPlan plan = window_plan(input_shape, shape, options);
  Tensor result(input_shape);
  for (Index n = 0; n < shape.n; ++n) {
    for (Index c = 0; c < shape.c; ++c) {
      for (Index y = 0; y < shape.h; ++y) {
        const WindowRange& ry = plan.ys[static_cast<std::size_t>(y)];
        const float* grad = grad_output.row(n, c, y);
        for (const WindowRange& rx : plan.xs) {
          const float share = *grad++ / window_divisor(ry, rx, options);
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
