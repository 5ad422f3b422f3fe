#include "engine/ops/ring_gradient.h"

#include <algorithm>

#include "engine/core/cell_rect.h"
#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/row_kernels.h"
#include "engine/ops/fast/workspace.h"

namespace convscope::engine {
namespace {

// Adds one row of the padded gradient, from the input's column `left` on, to the row that it is a
// copy of.
void fold_row(std::span<const float> row, Index left, PaddingMode mode, std::span<float> to) {
  const Index width = std::ssize(to);
  const Index right = left + std::ssize(row);
  const auto copies = [&](Index begin, Index end) {
    for (Index x = begin; x < end; ++x)
      to[static_cast<std::size_t>(padding_source(x, width, mode))] +=
          row[static_cast<std::size_t>(x - left)];
  };
  copies(left, std::min<Index>(right, 0));
  const Index begin = std::max<Index>(left, 0);
  const Index end = std::min(right, width);
  if (begin < end) fast::add_row(row.data() + (begin - left), end - begin, to.data() + begin);
  copies(std::max(left, width), right);
}

// Adds `part`, the gradient of the padded input from the input's cell (top, left) on, to the cells
// that it is a copy of. Several rows may be copies of one, so a plane is one task.
bool fold(const Tensor& part, Index top, Index left, PaddingMode mode, Tensor& grad_input,
          const std::stop_token& stop) {
  const Shape& s = grad_input.shape();
  auto plane = [&](Index task, Index) {
    const Index n = task / s.c;
    const Index c = task % s.c;
    for (Index y = 0; y < part.shape().h; ++y) {
      const Index source = padding_source(top + y, s.h, mode);
      fold_row({part.row(n, c, y), static_cast<std::size_t>(part.shape().w)}, left, mode,
               {grad_input.row(n, c, source), static_cast<std::size_t>(s.w)});
    }
  };
  return fast::run_tasks(s.n * s.c, fast::worker_count(), stop, plane);
}

}  // namespace

bool ring_is_thin(const Shape& input, const Padding& p) {
  const Index padded = (p.top + input.h + p.bottom) * (p.left + input.w + p.right);
  return 8 * (padded - input.h * input.w) <= input.h * input.w;
}

Index ring_rows_at_once(const Shape& input, Index height, Index width) {
  constexpr Index kFloats = Index{1} << 20;
  constexpr Index kLeast = 8;  // fewer would read the same rows of the output's gradient too often
  const Index row = std::max<Index>(1, input.n * input.c * width);
  return std::min(std::max(kFloats / row, kLeast), height);
}

bool add_ring_gradient(const Tensor& grad_output, const Tensor& rotated, const Conv2dOptions& o,
                       Tensor& grad_input, Conv2dWorkspace& workspace,
                       const std::stop_token& stop) {
  assert((o.stride == Yx{1, 1}) && o.padding_mode != PaddingMode::kZeros && !o.transposed);
  const Shape& s = grad_input.shape();
  const Padding& p = o.padding;
  Conv2dOptions as_conv;
  as_conv.dilation = o.dilation;
  as_conv.groups = o.groups;
  Tensor& part = workspace.scratch().ring;
  for (const CellRect& rect :
       {CellRect{-p.top, -p.left, 0, s.w + p.right},
        CellRect{s.h, -p.left, s.h + p.bottom, s.w + p.right}, CellRect{0, -p.left, s.h, 0},
        CellRect{0, s.w, s.h, s.w + p.right}}) {
    if (rect.empty()) continue;
    const Index rows = ring_rows_at_once(s, rect.height(), rect.width());
    for (Index y = rect.top; y < rect.bottom; y += rows) {
      part.resize({s.n, s.c, std::min(rows, rect.bottom - y), rect.width()});
      as_conv.padding.top = o.dilation.y * (rotated.shape().h - 1) - (y + p.top);
      as_conv.padding.left = o.dilation.x * (rotated.shape().w - 1) - (rect.left + p.left);
      if (!correlate(grad_output, rotated, {}, as_conv, part, workspace, stop, Conv2dPath::kLayer))
        return false;
      if (!fold(part, y, rect.left, o.padding_mode, grad_input, stop)) return false;
    }
  }
  return true;
}

}  // namespace convscope::engine
