#include "engine/ops/padded_gradient.h"

#include <algorithm>

#include "engine/ops/conv2d_plan.h"

namespace convscope::engine {
Shape padded_input_shape(const Shape& input, const Conv2dOptions& options) {
  if (options.transposed) return input;
  const Padding& p = options.padding;
  return {input.n, input.c, input.h + p.top + p.bottom, input.w + p.left + p.right};
}

Tensor conv2d_grad_padded_input(const Tensor& grad_output, const Tensor& weight,
                                const Shape& input_shape, const Conv2dOptions& options) {
  Tensor result;
  Conv2dWorkspace workspace;
  const bool finished =
      conv2d_grad_padded_input_into(grad_output, weight, input_shape, options, result, workspace);
  assert(finished);
  static_cast<void>(finished);
  return result;
}

bool conv2d_grad_padded_input_into(const Tensor& grad_output, const Tensor& weight,
                                   const Shape& input_shape, const Conv2dOptions& options,
                                   Tensor& gradient, Conv2dWorkspace& workspace,
                                   const std::stop_token& stop) {
  assert(&gradient != &grad_output && &gradient != &weight);
  // Refuses what does not fit, such as a reflection of more cells than there are.
  require_grad_output(grad_output.shape(), input_shape, weight.shape(), options);
  Conv2dOptions unpadded = options;
  if (!options.transposed) {
    unpadded.padding = {};
    unpadded.padding_mode = PaddingMode::kZeros;
  }
  gradient.resize(padded_input_shape(input_shape, options));
  return conv2d_grad_input_into(grad_output, weight, unpadded, gradient, workspace, stop);
}

Tensor stride_spread(const Tensor& grad_output, const Shape& weight_shape, const Shape& input_shape,
                     const Conv2dOptions& o) {
  assert(!o.transposed);
  require_grad_output(grad_output.shape(), input_shape, weight_shape, o);
  const Shape& s = grad_output.shape();
  const Yx around{o.dilation.y * (weight_shape.h - 1), o.dilation.x * (weight_shape.w - 1)};
  const Shape ring = padded_input_shape(input_shape, o);
  Tensor result(Shape{s.n, s.c, ring.h + around.y, ring.w + around.x});
  for (Index n = 0; n < s.n; ++n) {
    for (Index c = 0; c < s.c; ++c) {
      for (Index y = 0; y < s.h; ++y) {
        const float* from = grad_output.row(n, c, y);
        float* to = result.row(n, c, y * o.stride.y + around.y) + around.x;
        for (Index x = 0; x < s.w; ++x)
          to[x * o.stride.x] = from[x];
      }
    }
  }
  return result;
}

Tensor rotated_180(const Tensor& weight, Index groups) {
  Tensor result;
  rotate_180(weight, groups, result);
  return result;
}

void rotate_180(const Tensor& weight, Index groups, Tensor& rotated) {
  const Shape& k = weight.shape();
  const Index outputs = k.n / groups;
  rotated.resize({k.c * groups, outputs, k.h, k.w});
  for (Index o = 0; o < k.n; ++o) {
    for (Index i = 0; i < k.c; ++i) {
      const std::span<const float> from = weight.plane(o, i);
      std::reverse_copy(from.begin(), from.end(),
                        rotated.plane(o / outputs * k.c + i, o % outputs).begin());
    }
  }
}

}  // namespace convscope::engine
