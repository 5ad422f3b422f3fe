#include "engine/option_check.h"
#include "engine/pool2d.h"

namespace convscope {
namespace {

// As at::native::pooling_output_shape. Rounding up may keep a window that is larger than the padded
// input; below 1 there is none.
Index output_size(Index n, Index kernel, Index stride, Index padding, Index dilation, bool ceil) {
  const Index size =
      conv_output_size(n, padding, padding + (ceil ? stride - 1 : 0), kernel, stride, dilation);
  const bool last_starts_in_padding = ceil && (size - 1) * stride >= n + padding;
  return last_starts_in_padding ? size - 1 : size;
}

}  // namespace

Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& o) {
  require_values("input", input);
  require_range("pooling kernel", o.kernel, 1);
  require_range("pooling stride", o.stride, 1);
  require_range("pooling padding", o.padding, 0);
  require_range("pooling dilation", o.dilation, 1);
  if (o.padding.y > o.kernel.y / 2 || o.padding.x > o.kernel.x / 2)
    throw Error("pooling padding " + pair_text(o.padding) + " is more than half the kernel " +
                pair_text(o.kernel) + ": it must be at most " +
                pair_text({o.kernel.y / 2, o.kernel.x / 2}));
  if (o.kind == PoolKind::kAverage && o.dilation != Yx{1, 1})
    throw Error("pooling dilation " + pair_text(o.dilation) +
                " is only for max pooling: it must be 1 for average pooling");
  const Shape output{
      input.n, input.c,
      output_size(input.h, o.kernel.y, o.stride.y, o.padding.y, o.dilation.y, o.ceil_mode),
      output_size(input.w, o.kernel.x, o.stride.x, o.padding.x, o.dilation.x, o.ceil_mode)};
  if (output.h < 1 || output.w < 1)
    require_fit([&] { return "pooling kernel " + pair_text(o.kernel); },
                {o.dilation.y * (o.kernel.y - 1) + 1, o.dilation.x * (o.kernel.x - 1) + 1}, input,
                {input.h + 2 * o.padding.y, input.w + 2 * o.padding.x});
  return require_holdable(output);
}

}  // namespace convscope
