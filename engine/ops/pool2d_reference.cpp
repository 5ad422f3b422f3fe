#include "engine/ops/pool2d_reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::engine::reference {
namespace {

struct Best {
  float value = -std::numeric_limits<float>::infinity();
  Index index = 0;
};

// Returns whether some side of the input has more padding than half the kernel.
bool large(const Pool2dOptions& o) {
  const Padding& p = o.padding;
  return 2 * p.top > o.kernel.y || 2 * p.bottom > o.kernel.y || 2 * p.left > o.kernel.x ||
         2 * p.right > o.kernel.x;
}

// Returns the first position of a window along an axis that is not in the padding before the input.
Index first_place(Index start, Index dilation) {
  while (start < 0)
    start += dilation;
  return start;
}

// As in PyTorch, a strictly larger value replaces the best so far, and so does any NaN. The search
// starts with the window's first position, whether or not it lies in the input; with large padding
// a window that covers no input cell has no index.
Best max_of_window(const Tensor& input, Index n, Index c, Index y, Index x,
                   const Pool2dOptions& o) {
  const Shape& s = input.shape();
  Best best;
  best.index = first_place(y * o.stride.y - o.padding.top, o.dilation.y) * s.w +
               first_place(x * o.stride.x - o.padding.left, o.dilation.x);
  bool seen = false;
  for (Index v = 0; v < o.kernel.y; ++v)
    for (Index u = 0; u < o.kernel.x; ++u) {
      const Index iy = y * o.stride.y + v * o.dilation.y - o.padding.top;
      const Index ix = x * o.stride.x + u * o.dilation.x - o.padding.left;
      if (iy < 0 || iy >= s.h || ix < 0 || ix >= s.w) continue;
      seen = true;
      const float value = input.at(n, c, iy, ix);
      if (value > best.value || std::isnan(value)) best = {value, iy * s.w + ix};
    }
  if (!seen && large(o)) best.index = -1;
  return best;
}

// Calls cell(iy, ix, divisor) for the cells of an average window that lie in the input. The divisor
// is the number of cells in the input, the number in the padded input, or given.
template <typename Cell>
void for_each_cell(const Shape& s, Index y, Index x, const Pool2dOptions& o, const Cell& cell) {
  Index inside = 0;
  Index inside_padded = 0;
  for (Index v = 0; v < o.kernel.y; ++v)
    for (Index u = 0; u < o.kernel.x; ++u) {
      const Index iy = y * o.stride.y + v - o.padding.top;
      const Index ix = x * o.stride.x + u - o.padding.left;
      inside += iy >= 0 && iy < s.h && ix >= 0 && ix < s.w;
      inside_padded += iy < s.h + o.padding.bottom && ix < s.w + o.padding.right;
    }
  Index divisor = o.count_include_pad ? inside_padded : inside;
  if (o.divisor_override != 0) divisor = o.divisor_override;
  for (Index v = 0; v < o.kernel.y; ++v)
    for (Index u = 0; u < o.kernel.x; ++u) {
      const Index iy = y * o.stride.y + v - o.padding.top;
      const Index ix = x * o.stride.x + u - o.padding.left;
      if (iy >= 0 && iy < s.h && ix >= 0 && ix < s.w) cell(iy, ix, static_cast<double>(divisor));
    }
}

}  // namespace

Pool2dResult pool2d(const Tensor& input, const Pool2dOptions& options) {
  Pool2dResult result;
  const Shape shape = pool2d_output_shape(input.shape(), options);
  result.output = Tensor(shape);
  for (Index n = 0; n < shape.n; ++n)
    for (Index c = 0; c < shape.c; ++c)
      for (Index y = 0; y < shape.h; ++y)
        for (Index x = 0; x < shape.w; ++x) {
          if (options.kind == PoolKind::kMax) {
            const Best best = max_of_window(input, n, c, y, x, options);
            result.output.at(n, c, y, x) = best.value;
            result.indices.push_back(best.index);
          } else {
            double sum = 0.0;
            for_each_cell(input.shape(), y, x, options, [&](Index iy, Index ix, double divisor) {
              sum += static_cast<double>(input.at(n, c, iy, ix)) / divisor;
            });
            result.output.at(n, c, y, x) = static_cast<float>(sum);
          }
        }
  return result;
}

Tensor max_pool2d_grad(const Tensor& grad_output, std::span<const Index> indices,
                       const Shape& input_shape) {
  const Shape& s = grad_output.shape();
  Tensor result(input_shape);
  auto index = indices.begin();
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        for (Index x = 0; x < s.w; ++x, ++index)
          if (*index >= 0 && *index < input_shape.h * input_shape.w)
            result.at(n, c, *index / input_shape.w, *index % input_shape.w) +=
                grad_output.at(n, c, y, x);
  return result;
}

Tensor avg_pool2d_grad(const Tensor& grad_output, const Shape& input_shape,
                       const Pool2dOptions& options) {
  const Shape& s = grad_output.shape();
  Tensor result(input_shape);
  for (Index n = 0; n < s.n; ++n)
    for (Index c = 0; c < s.c; ++c)
      for (Index y = 0; y < s.h; ++y)
        for (Index x = 0; x < s.w; ++x)
          for_each_cell(input_shape, y, x, options, [&](Index iy, Index ix, double divisor) {
            result.at(n, c, iy, ix) +=
                static_cast<float>(static_cast<double>(grad_output.at(n, c, y, x)) / divisor);
          });
  return result;
}

}  // namespace convscope::engine::reference
