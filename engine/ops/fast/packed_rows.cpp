#include "engine/ops/fast/packed_rows.h"

#include <algorithm>

#include "engine/core/padding.h"
#include "engine/ops/fast/row_kernels.h"

namespace convscope::engine::fast {
namespace {

// Packs one row of `width` columns; `from` is null for a row of zeros.
void pack_row(const float* from, Index width, const Conv2dOptions& o, Index needed, float zero,
              const PackedRow& row, float* to) {
  if (from == nullptr) {
    std::fill_n(to, row.size(), zero);
    return;
  }
  const Index left = o.padding.left;
  const Index begin = std::clamp<Index>(left, 0, needed);
  const Index end = std::clamp<Index>(left + width, begin, needed);
  if (row.stride == 1) {
    std::fill(to, to + begin, zero);
    std::copy(from + (begin - left), from + (end - left), to + begin);
    std::fill(to + end, to + row.phase, zero);
  } else {
    std::fill_n(to, row.size(), zero);
    deinterleave_row(from + (begin - left), row.stride, begin, end - begin, row.phase, to);
  }
  if (o.padding_mode == PaddingMode::kZeros) return;
  const auto put = [&](Index p) {
    to[p % row.stride * row.phase + p / row.stride] =
        from[padding_source(p - left, width, o.padding_mode)];
  };
  for (Index p = 0; p < begin; ++p)
    put(p);
  for (Index p = end; p < needed; ++p)
    put(p);
}

}  // namespace

void pack_rows(const Tensor& input, const Conv2dOptions& o, const RowsToPack& rows,
               const PackedRow& row, float* to) {
  const Shape& s = input.shape();
  const Index needed = (rows.width - 1) * o.stride.x + o.dilation.x * (rows.kernel_width - 1) + 1;
  for (Index i = 0; i < rows.channels; ++i) {
    for (Index r = 0; r < rows.count; ++r) {
      const Index source = padding_source(rows.first + r - o.padding.top, s.h, o.padding_mode);
      const float* from = source < 0 ? nullptr : input.row(rows.n, rows.channel + i, source);
      pack_row(from, s.w, o, needed, rows.zero, row, to + (i * rows.stride + r) * row.size());
    }
  }
}

}  // namespace convscope::engine::fast
