#include "engine/ops/fast/weight_blocks.h"

#include <algorithm>

#include "engine/ops/fast/gradient_kernels.h"

namespace convscope::engine::fast {
namespace {

// Adds the products of the laid-out channel of large with output channel o.
void add_channel(const WeightJob& job, const Band& band, const Part& part, Index o, double* sums) {
  const Index rows = job.block_rows;
  const Index height = job.kernel.h;
  const Index lanes = job.blocking.lanes;
  // Beyond the band the rows are zeros: those of small count, those of large are only read.
  for (Index r = 0; r < band.steps; ++r)
    band.a[r] = small_row(job, band, part, o, r);
  std::fill_n(band.a + band.steps, 2 * rows, band.zero);
  std::fill_n(band.sums, height * job.kernel.w * lanes, 0.0f);
  Index values = 0;
  for (Index y = 0; y < band.steps; y += rows) {
    const float* const* next_error = band.a + y + rows;
    const float* const* next_input = band.large_rows + y + rows + height - 1;
    add_block_gradient({band.a + y,
                        band.large_rows + y,
                        height,
                        job.kernel.w,
                        blocks(part.width, lanes) * lanes,
                        band.sums,
                        {next_error, next_input}});
    values += rows * part.width;
    if (values < kMaxBlockSummed && y + rows < band.steps) continue;
    flush_sums(band.sums, height, job.kernel.w, sums);
    values = 0;
  }
}

// Returns whether the rows of a block compete for the same places of a first-level cache, which
// repeat every 4096 bytes.
bool rows_compete(Index width) {
  constexpr Index kPeriod = 1024;
  constexpr Index kApart = 32;
  return (width + kApart) % kPeriod <= 2 * kApart;
}

}  // namespace

Index block_rows_for(const Shape& large, const Shape& small, const Shape& kernel,
                     const Conv2dOptions& o) {
  constexpr Index kLeastBlocks = 4;  // the last one may have few rows
  if (o.stride != Yx{1, 1} || o.dilation != Yx{1, 1} || rows_compete(large.w) ||
      rows_compete(small.w) || kernel.n / o.groups >= row_products_blocking().a ||
      !gradient_blocks_pay(kernel.h))
    return 0;
  const Index rows = gradient_block_rows(kernel.h);
  return small.h < kLeastBlocks * rows ? 0 : rows;
}

void add_blocks(const WeightJob& job, const Band& band, const Part& part, Index first_output,
                Index last_output, double* sums) {
  const Index taps = job.kernel.h * job.kernel.w;
  const Index used = band.steps + job.kernel.h - 1;
  for (Index i = 0; i < job.kernel.c; ++i) {
    lay_out_large(job, band, part, i);
    std::fill_n(band.large_rows + used, 2 * job.block_rows, band.zero);
    for (Index o = first_output; o < last_output; ++o) {
      if (job.stop.stop_requested()) return;
      add_channel(job, band, part, o,
                  sums + ((band.group * job.outputs() + o) * job.kernel.c + i) * taps);
    }
  }
}

}  // namespace convscope::engine::fast
