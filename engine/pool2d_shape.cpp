#include <algorithm>
#include <string>

#include "engine/error.h"
#include "engine/pool2d.h"

namespace convscope {
namespace {

constexpr Index kMaxExtent = 1 << 24;

void require_range(const char* what, Yx value, Index least) {
  for (const Index v : {value.y, value.x}) {
    if (v < least || v > kMaxExtent)
      throw Error(std::string(what) + " is " + std::to_string(v) + ": it must be from " +
                  std::to_string(least) + " to " + std::to_string(kMaxExtent));
  }
}

std::string to_string(Yx yx) {
  return std::to_string(yx.y) + "×" + std::to_string(yx.x);
}

// As at::native::pooling_output_shape; may be <= 0.
Index output_size(Index n, Index kernel, Index stride, Index padding, Index dilation, bool ceil) {
  const Index room = n + 2 * padding - dilation * (kernel - 1) - 1;
  if (room < 0) return 0;
  Index size = (room + (ceil ? stride - 1 : 0)) / stride + 1;
  if (ceil && (size - 1) * stride >= n + padding)  // the last window would start in the padding
    --size;
  return size;
}

}  // namespace

Shape pool2d_output_shape(const Shape& input, const Pool2dOptions& options) {
  const Pool2dOptions& o = options;
  if (input.n < 0 || std::min({input.c, input.h, input.w}) < 1)
    throw Error("input " + to_string(input) + " has no values");
  require_range("pooling kernel", o.kernel, 1);
  require_range("pooling stride", o.stride, 1);
  require_range("pooling padding", o.padding, 0);
  require_range("pooling dilation", o.dilation, 1);
  if (2 * o.padding.y > o.kernel.y || 2 * o.padding.x > o.kernel.x)
    throw Error("pooling padding " + to_string(o.padding) + " is more than half the kernel " +
                to_string(o.kernel) + ": it must be at most " +
                to_string(Yx{o.kernel.y / 2, o.kernel.x / 2}));
  if (o.kind == PoolKind::kAverage && o.dilation != Yx{1, 1})
    throw Error("average pooling has no dilation: it must be 1, not " + to_string(o.dilation));
  const Shape output{
      input.n, input.c,
      output_size(input.h, o.kernel.y, o.stride.y, o.padding.y, o.dilation.y, o.ceil_mode),
      output_size(input.w, o.kernel.x, o.stride.x, o.padding.x, o.dilation.x, o.ceil_mode)};
  if (output.h < 1 || output.w < 1)
    throw Error(
        "pooling kernel " + to_string(o.kernel) + " does not fit into input " + to_string(input) +
        ": it reaches over " +
        to_string(Yx{o.dilation.y * (o.kernel.y - 1) + 1, o.dilation.x * (o.kernel.x - 1) + 1}) +
        " cells, the padded input has " +
        to_string(Yx{input.h + 2 * o.padding.y, input.w + 2 * o.padding.x}));
  return output;
}

}  // namespace convscope
