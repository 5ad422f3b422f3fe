#include <algorithm>
#include <string>

#include "engine/conv2d.h"
#include "engine/error.h"
#include "engine/padding.h"

namespace convscope {
namespace {

// Larger numbers mean nothing for a picture, and below it no sum of sizes overflows.
constexpr Index kMaxExtent = 1 << 24;
constexpr Index kMaxValues = Index{1} << 34;

std::string to_string(Yx yx) {
  return std::to_string(yx.y) + "×" + std::to_string(yx.x);
}

void require_range(const char* what, Index value, Index least) {
  if (value < least || value > kMaxExtent)
    throw Error(std::string(what) + " is " + std::to_string(value) + ": it must be from " +
                std::to_string(least) + " to " + std::to_string(kMaxExtent));
}

void require_nonempty(const char* what, const Shape& shape) {
  if (shape.n < 0 || std::min({shape.c, shape.h, shape.w}) < 1)
    throw Error(std::string(what) + " " + to_string(shape) + " has no values");
}

void require_options(const Conv2dOptions& o) {
  require_range("stride", std::min(o.stride.y, o.stride.x), 1);
  require_range("stride", std::max(o.stride.y, o.stride.x), 1);
  require_range("dilation", std::min(o.dilation.y, o.dilation.x), 1);
  require_range("dilation", std::max(o.dilation.y, o.dilation.x), 1);
  for (const Index p : {o.padding.top, o.padding.left, o.padding.bottom, o.padding.right})
    require_range("padding", p, 0);
  require_range("groups", o.groups, 1);
}

// "input [1, 4, 8, 8] does not divide into groups 3".
void require_groups(const char* what, const Shape& shape, Index channels, Index groups) {
  if (channels % groups != 0)
    throw Error(std::string(what) + " " + to_string(shape) + " does not divide into groups " +
                std::to_string(groups) + ": its " + std::to_string(channels) +
                " channels must be a multiple of " + std::to_string(groups));
}

void require_padding_fits(const Shape& input, const Conv2dOptions& o) {
  if (o.padding_mode != PaddingMode::kReflect && o.padding_mode != PaddingMode::kCircular) return;
  const Index less = o.padding_mode == PaddingMode::kReflect ? 1 : 0;
  const Index py = std::max(o.padding.top, o.padding.bottom);
  const Index px = std::max(o.padding.left, o.padding.right);
  if (py > input.h - less || px > input.w - less)
    throw Error(std::string(name(o.padding_mode)) + " padding " + to_string({py, px}) +
                " is too large for input " + to_string(input) + ": it must be at most " +
                to_string({input.h - less, input.w - less}));
}

Shape checked(const Shape& output) {
  const double values = static_cast<double>(output.n) * static_cast<double>(output.c) *
                        static_cast<double>(output.h) * static_cast<double>(output.w);
  if (values > static_cast<double>(kMaxValues))
    throw Error("output " + to_string(output) + " would have more than " +
                std::to_string(kMaxValues) + " values");
  return output;
}

Shape forward_shape(const Shape& input, const Shape& weight, const Conv2dOptions& o) {
  require_groups("input", input, input.c, o.groups);
  require_groups("weight", weight, weight.n, o.groups);
  if (weight.c != input.c / o.groups)
    throw Error("weight " + to_string(weight) + " does not fit input " + to_string(input) +
                " with groups " + std::to_string(o.groups) + ": it must have " +
                std::to_string(input.c / o.groups) + " channels");
  if (o.output_padding != Yx{0, 0})
    throw Error("output padding " + to_string(o.output_padding) +
                " is only for transposed convolution");
  require_padding_fits(input, o);
  const Padding& p = o.padding;
  const Yx reach{o.dilation.y * (weight.h - 1) + 1, o.dilation.x * (weight.w - 1) + 1};
  const Yx padded{input.h + p.top + p.bottom, input.w + p.left + p.right};
  if (reach.y > padded.y || reach.x > padded.x)
    throw Error("weight " + to_string(weight) + " does not fit into input " + to_string(input) +
                ": the kernel reaches over " + to_string(reach) + " cells, the padded input has " +
                to_string(padded));
  return {input.n, weight.n,
          conv_output_size(input.h, p.top, p.bottom, weight.h, o.stride.y, o.dilation.y),
          conv_output_size(input.w, p.left, p.right, weight.w, o.stride.x, o.dilation.x)};
}

Shape transposed_shape(const Shape& input, const Shape& weight, const Conv2dOptions& o) {
  require_groups("input", input, input.c, o.groups);
  if (weight.n != input.c)
    throw Error("weight " + to_string(weight) + " does not fit input " + to_string(input) +
                " in transposed convolution: its first size must be " + std::to_string(input.c));
  if (o.padding_mode != PaddingMode::kZeros)
    throw Error(std::string("transposed convolution has no padding mode ") + name(o.padding_mode) +
                ": it must be zeros");
  const Yx& op = o.output_padding;
  const Yx limit{std::max(o.stride.y, o.dilation.y), std::max(o.stride.x, o.dilation.x)};
  if (op.y < 0 || op.x < 0 || op.y >= limit.y || op.x >= limit.x)
    throw Error("output padding " + to_string(op) +
                " must not be negative and must be smaller than the stride or the dilation (" +
                to_string(limit) + ")");
  const Padding& p = o.padding;
  const Shape output{
      input.n, weight.c * o.groups,
      (input.h - 1) * o.stride.y - p.top - p.bottom + o.dilation.y * (weight.h - 1) + op.y + 1,
      (input.w - 1) * o.stride.x - p.left - p.right + o.dilation.x * (weight.w - 1) + op.x + 1};
  if (output.h < 1 || output.w < 1)
    throw Error("padding takes away all of the output: input " + to_string(input) + " and weight " +
                to_string(weight) + " give " + to_string(output));
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
  require_nonempty("input", input);
  require_nonempty("weight", weight);
  if (weight.n < 1) throw Error("weight " + to_string(weight) + " has no values");
  require_options(options);
  return checked(options.transposed ? transposed_shape(input, weight, options)
                                    : forward_shape(input, weight, options));
}

}  // namespace convscope
