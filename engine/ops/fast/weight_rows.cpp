#include "engine/ops/fast/weight_rows.h"

#include <algorithm>

#include "engine/core/padding.h"

namespace convscope::engine::fast {

Index whole_vectors(const WeightJob& job, Index width) {
  return blocks(width, job.blocking.lanes) * job.blocking.lanes;
}

const float* small_row(const WeightJob& job, const Band& band, const Part& part, Index o, Index r) {
  const Index y = band.first + r;
  if (y < 0 || y >= job.small.shape().h) return band.zero;
  if (part.copy_small)
    return band.small + (o * job.small_rows() + r + job.above()) * whole_vectors(job, part.width);
  return job.small.row(band.n, band.group * job.outputs() + o, y) + part.begin;
}

void lay_out_large(const WeightJob& job, const Band& band, const Part& part, Index channel) {
  Conv2dOptions o = job.options;
  const Index first = band.first * job.step_rows();
  const Index count = (band.steps - 1) * job.step_rows() + (job.by_rows ? 0 : job.reach()) + 1;
  o.padding.left -= part.begin * o.stride.x;
  channel += band.group * job.kernel.c;
  const float** to = band.large_rows;
  if (part.copy_large) {
    pack_rows(
        job.large, o,
        {band.n, channel, job.channels(), first, count, job.packed_rows, job.kernel.w, part.width},
        part.row, band.large);
    for (Index row = 0; row < job.channels() * job.packed_rows; ++row)
      to[row] = band.large + row * part.row.size();
    return;
  }
  const Index height = job.large.shape().h;
  for (Index i = 0; i < job.channels(); ++i) {
    for (Index r = 0; r < count; ++r) {
      const Index y = padding_source(first + r - o.padding.top, height, o.padding_mode);
      to[i * job.packed_rows + r] =
          y < 0 ? band.zero : job.large.row(band.n, channel + i, y) - o.padding.left;
    }
  }
}

void copy_small(const WeightJob& job, const Band& band, const Part& part, Index first_output,
                Index last_output) {
  const Index size = whole_vectors(job, part.width);
  for (Index o = first_output; o < last_output; ++o) {
    for (Index r = -job.above(); r < band.steps; ++r) {
      const Index y = band.first + r;
      if (y < 0 || y >= job.small.shape().h) continue;
      float* to = band.small + (o * job.small_rows() + r + job.above()) * size;
      std::copy_n(job.small.row(band.n, band.group * job.outputs() + o, y) + part.begin, part.width,
                  to);
      std::fill(to + part.width, to + size, 0.0f);
    }
  }
}

}  // namespace convscope::engine::fast
