#include "engine/ops/pool2d_shape.h"

#include <algorithm>

#include "engine/core/option_check.h"
#include "engine/ops/conv2d_shape.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine {
namespace {

// Computes at::native::pooling_output_shape, which is also ONNX's formula for explicit padding.
// Rounding up may keep a window that is larger than the padded input. A result below 1 means that
// there is no window.
Index output_size(const PoolAxis& a, bool ceil) {
  const Index size = conv_output_size(a.n, a.before, a.after + (ceil ? a.stride - 1 : 0), a.kernel,
                                      a.stride, a.dilation);
  const bool last_starts_in_padding = ceil && (size - 1) * a.stride >= a.n + a.before;
  return last_starts_in_padding ? size - 1 : size;
}

Index same_cells(const PoolAxis& a) {
  const Index windows = (a.n + a.stride - 1) / a.stride;
  return std::max<Index>(0, (windows - 1) * a.stride + a.dilation * (a.kernel - 1) + 1 - a.n);
}

void require_window(const Pool2dOptions& o) {
  require_range("pooling kernel", o.kernel, 1);
  require_range("pooling stride", o.stride, 1);
  require_range("pooling dilation", o.dilation, 1);
}

// Writes a padding as "(1, 2)" where opposite sides are equal, else with all four sides.
std::string short_padding_text(const Padding& p) {
  return p.top == p.bottom && p.left == p.right ? pair_text({p.top, p.left}) : padding_text(p);
}

void require_padding(const Pool2dOptions& o) {
  const Padding& p = o.padding;
  const auto [least, most] = std::minmax({p.top, p.left, p.bottom, p.right});
  if (least < 0 || most > kMaxExtent)
    require_range("pooling padding " + short_padding_text(p), least, most, 0);
  if (!o.allow_large_padding && has_large_padding(o))
    throw Error("pooling padding " + short_padding_text(p) + " is more than half the kernel " +
                pair_text(o.kernel) + ": it must be at most " +
                pair_text({o.kernel.y / 2, o.kernel.x / 2}) + " unless large padding is allowed");
}

}  // namespace

Padding same_padding(const Shape& input, const Pool2dOptions& options) {
  require_values("input", input);
  require_window(options);
  const Index rows = same_cells(pool_rows(input, options));
  const Index columns = same_cells(pool_columns(input, options));
  return {rows / 2, columns / 2, rows - rows / 2, columns - columns / 2};
}

bool has_large_padding(const Pool2dOptions& o) {
  const Padding& p = o.padding;
  return std::max(p.top, p.bottom) > o.kernel.y / 2 || std::max(p.left, p.right) > o.kernel.x / 2;
}

Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& o) {
  require_values("input", input);
  require_window(o);
  require_padding(o);
  if (o.kind == PoolKind::kAverage && o.dilation != Yx{1, 1})
    throw Error("pooling dilation " + pair_text(o.dilation) +
                " is only for max pooling: it must be 1 for average pooling");
  const Shape output{input.n, input.c, output_size(pool_rows(input, o), o.ceil_mode),
                     output_size(pool_columns(input, o), o.ceil_mode)};
  if (output.h < 1 || output.w < 1)
    require_fit(
        [&] { return "pooling kernel " + pair_text(o.kernel); },
        {o.dilation.y * (o.kernel.y - 1) + 1, o.dilation.x * (o.kernel.x - 1) + 1}, input,
        {input.h + o.padding.top + o.padding.bottom, input.w + o.padding.left + o.padding.right});
  return require_value_count(output);
}

void require_grad_output(const Shape& grad_output, const Shape& input,
                         const Pool2dOptions& options) {
  const Shape expected = pool2d_output_shape(input, options);
  if (grad_output != expected)
    throw Error("output gradient " + to_string(grad_output) + " does not fit input " +
                to_string(input) + ": it must be " + to_string(expected));
}

void require_indices(std::span<const Index> indices, const Shape& grad_output) {
  if (static_cast<Index>(indices.size()) != grad_output.numel())
    throw Error(std::to_string(indices.size()) + " indices do not fit output gradient " +
                to_string(grad_output) + ": there must be " + std::to_string(grad_output.numel()));
}

}  // namespace convscope::engine
