#include "engine/ops/conv2d_shape.h"

#include <algorithm>
#include <string>

#include "engine/core/option_check.h"
#include "engine/core/padding.h"

namespace convscope::engine {
namespace {

void require_options(const Conv2dOptions& o) {
  const Padding& p = o.padding;
  require_range("stride", o.stride, 1);
  require_range("dilation", o.dilation, 1);
  const auto [least, most] = std::minmax({p.top, p.left, p.bottom, p.right});
  if (least < 0 || most > kMaxExtent) require_range("padding " + padding_text(p), least, most, 0);
  if (o.groups < 1 || o.groups > kMaxExtent)
    require_range("groups " + std::to_string(o.groups), o.groups, o.groups, 1);
}

// Throws, for example, "input [1, 3, 8, 8] does not divide into groups 2: its 3 channels must be a
// multiple of 2".
void require_groups(const char* what, const Shape& shape, const char* channels_name, Index channels,
                    Index groups) {
  if (channels % groups != 0)
    throw Error(what + (" " + to_string(shape)) + " does not divide into groups " +
                std::to_string(groups) + ": its " + std::to_string(channels) + " " + channels_name +
                " must be a multiple of " + std::to_string(groups));
}

void require_padding_mode(const Shape& input, const Conv2dOptions& o) {
  if (o.padding_mode != PaddingMode::kReflect && o.padding_mode != PaddingMode::kCircular) return;
  const Index less = o.padding_mode == PaddingMode::kReflect ? 1 : 0;
  const Padding& p = o.padding;
  if (std::max(p.top, p.bottom) > input.h - less || std::max(p.left, p.right) > input.w - less)
    throw Error(std::string(name(o.padding_mode)) + " padding " + padding_text(p) +
                " is too large for input " + to_string(input) + ": it must be at most " +
                std::to_string(input.h - less) + " at the top and bottom, " +
                std::to_string(input.w - less) + " at the left and right");
}

Shape forward_shape(const Shape& input, const Shape& weight, const Conv2dOptions& o) {
  require_groups("input", input, "channels", input.c, o.groups);
  if (weight.c != input.c / o.groups)
    throw Error("weight " + to_string(weight) + " does not fit input " + to_string(input) +
                " with groups " + std::to_string(o.groups) + ": it must have " +
                std::to_string(input.c / o.groups) + " channels");
  require_groups("weight", weight, "output channels", weight.n, o.groups);
  if (o.output_padding != Yx{0, 0})
    throw Error("output padding " + pair_text(o.output_padding) +
                " is only for transposed convolution: it must be 0");
  require_padding_mode(input, o);
  const Padding& p = o.padding;
  require_fit([&] { return "weight " + to_string(weight); },
              {o.dilation.y * (weight.h - 1) + 1, o.dilation.x * (weight.w - 1) + 1}, input,
              {input.h + p.top + p.bottom, input.w + p.left + p.right});
  return {input.n, weight.n,
          conv_output_size(input.h, p.top, p.bottom, weight.h, o.stride.y, o.dilation.y),
          conv_output_size(input.w, p.left, p.right, weight.w, o.stride.x, o.dilation.x)};
}

Shape transposed_shape(const Shape& input, const Shape& weight, const Conv2dOptions& o) {
  require_groups("input", input, "channels", input.c, o.groups);
  if (weight.n != input.c)
    throw Error("weight " + to_string(weight) + " does not fit input " + to_string(input) +
                " in transposed convolution: its first size must be " + std::to_string(input.c));
  if (o.padding_mode != PaddingMode::kZeros)
    throw Error(std::string("padding mode ") + name(o.padding_mode) +
                " is not for transposed convolution: it must be zeros");
  const Yx& op = o.output_padding;
  const Yx limit{std::max(o.stride.y, o.dilation.y), std::max(o.stride.x, o.dilation.x)};
  require_range("output padding", op, 0);
  if (op.y >= limit.y || op.x >= limit.x)
    throw Error("output padding " + pair_text(op) +
                " must be smaller than the stride or the dilation: at most " +
                pair_text({limit.y - 1, limit.x - 1}));
  const Padding& p = o.padding;
  const Shape output{
      input.n, weight.c * o.groups,
      (input.h - 1) * o.stride.y - p.top - p.bottom + o.dilation.y * (weight.h - 1) + op.y + 1,
      (input.w - 1) * o.stride.x - p.left - p.right + o.dilation.x * (weight.w - 1) + op.x + 1};
  if (output.h < 1 || output.w < 1)
    throw Error("padding " + padding_text(p) + " leaves nothing of the output: input " +
                to_string(input) + " and weight " + to_string(weight) + " give only " +
                size_text({output.h + p.top + p.bottom, output.w + p.left + p.right}) +
                " cells before it is taken off");
  return output;
}

}  // namespace

Padding same_padding(Yx kernel, Yx dilation) {
  const Yx total{dilation.y * (kernel.y - 1), dilation.x * (kernel.x - 1)};
  return {total.y / 2, total.x / 2, total.y - total.y / 2, total.x - total.x / 2};
}

Index conv_output_size(Index n, Index before, Index after, Index kernel, Index stride,
                       Index dilation) {
  const Index room = n + before + after - dilation * (kernel - 1) - 1;
  const Index steps = room >= 0 ? room / stride : -((-room + stride - 1) / stride);
  return steps + 1;
}

Shape conv2d_output_shape(const Shape& input, const Shape& weight, const Conv2dOptions& options) {
  require_values("input", input);
  require_values("weight", weight);
  if (weight.n == 0) throw Error("weight " + to_string(weight) + " has no values");
  require_options(options);
  return require_value_count(options.transposed ? transposed_shape(input, weight, options)
                                                : forward_shape(input, weight, options));
}

void require_grad_output(const Shape& grad_output, const Shape& input, const Shape& weight,
                         const Conv2dOptions& options) {
  const Shape expected = conv2d_output_shape(input, weight, options);
  if (grad_output != expected)
    throw Error("output gradient " + to_string(grad_output) + " does not fit input " +
                to_string(input) + " and weight " + to_string(weight) + ": it must be " +
                to_string(expected));
}

}  // namespace convscope::engine
