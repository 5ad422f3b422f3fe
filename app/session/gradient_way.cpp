#include "app/session/gradient_way.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/scene/shared_tensor.h"
#include "engine/core/number_text.h"
#include "engine/core/shape_text.h"
#include "engine/ops/padded_gradient.h"

namespace convscope::session {
namespace {

// Returns the shape of stride_spread().
Shape spread_shape(const Shape& input, const Shape& weight, const Shape& output,
                   const Conv2dOptions& options) {
  const Shape ring = padded_input_shape(input, options);
  return {output.n, output.c, ring.h + options.dilation.y * (weight.h - 1),
          ring.w + options.dilation.x * (weight.w - 1)};
}

// Returns why a spread gradient of this shape is not made; empty if it is.
std::string why_no_spread(const Shape& spread) {
  const std::string size = size_text({spread.h, spread.w});
  if (spread.h * spread.w > kMaxSpreadPlane)
    return "With the zeros of stride and border the gradient would have " + size +
           " cells, which are too small to see; up to " + count_text(kMaxSpreadPlane) +
           " cells are spread.";
  const Index planes = spread.n * spread.c;
  if (planes * spread.h * spread.w > kMaxSpread)
    return "With the zeros of stride and border the gradient would have " + count_text(planes) +
           " planes of " + size + "; up to " + count_text(kMaxSpread) + " values are spread.";
  return "";
}

bool has_frame(const Conv2dOptions& options) {
  return !options.transposed && options.padding != Padding{};
}

// Returns the part of the gradient of the padded input that belongs to the input itself.
Tensor unframed(const Tensor& padded, const Shape& s, const Padding& padding) {
  Tensor inside(s);
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        std::copy_n(padded.row(n, c, y + padding.top) + padding.left, s.w, inside.row(n, c, y));
  return inside;
}

// Puts ∂L/∂X into the frame of the padding's gradients.
void put_inside(const Tensor& grad_input, const Padding& padding, Tensor& padded) {
  const Shape& s = grad_input.shape();
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        std::copy_n(grad_input.row(n, c, y), s.w, padded.row(n, c, y + padding.top) + padding.left);
}

}  // namespace

bool find_input_gradient(const Tensor& grad_output, bool way, LayerGradients& gradients,
                         Conv2dWorkspace& workspace, const std::stop_token& stop) {
  const LayerResults& layer = gradients.layer;
  const Conv2dOptions& options = layer.options;
  const Shape& input = layer.input->shape();
  const bool frame = way && has_frame(options);
  Tensor padded;
  if (frame && !conv2d_grad_padded_input_into(grad_output, layer.weight, input, options, padded,
                                              workspace, stop))
    return false;
  Tensor grad;
  if (frame && options.padding_mode == PaddingMode::kZeros) {
    grad = unframed(padded, input, options.padding);
  } else {
    grad.resize(input);
    if (!conv2d_grad_input_into(grad_output, layer.weight, options, grad, workspace, stop))
      return false;
    // Inside stands what the shares of the copies have been added to.
    if (frame) put_inside(grad, options.padding, padded);
  }
  gradients.input = shared_tensor(std::move(grad));
  if (frame) gradients.framed = shared_tensor(std::move(padded));
  if (!way || options.transposed) return true;
  const Shape& weight = layer.weight.shape();
  gradients.no_spread = why_no_spread(spread_shape(input, weight, grad_output.shape(), options));
  if (gradients.no_spread.empty())
    gradients.spread = shared_tensor(stride_spread(grad_output, weight, input, options));
  return true;
}

Bytes way_bytes(const Shape& input, const Shape& weight, const Shape& output,
                const Conv2dOptions& options) {
  if (options.transposed) return 0.0;
  const Bytes frame = has_frame(options) ? tensor_bytes(padded_input_shape(input, options)) : 0.0;
  const Shape spread = spread_shape(input, weight, output, options);
  return frame + (why_no_spread(spread).empty() ? tensor_bytes(spread) : 0.0);
}

}  // namespace convscope::session
