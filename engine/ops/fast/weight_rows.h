#pragma once

#include <array>
#include <span>
#include <stop_token>

#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/weight_kernels.h"

namespace convscope::engine::fast {

// The rows that a weight's gradient multiplies, as weight_path.h lays them out band by band.

// Columns [begin, begin + width) of small, which are summed together. Where they meet no padding,
// the rows are read in place; else through copies.
struct Part {
  Index begin = 0, width = 0;
  bool copy_large = true;
  bool copy_small = true;  // the rows of small don't end with a whole vector here
  PackedRow row = {};      // of a copied row of large
};

// Each weight's gradient is a sum of products of rows: of a row of small (output channel o) with a
// row of large (channel i, shifted by u columns), v rows below it. The rows are paired in one of
// two ways, as (o) with (i, v, u), or as (o, v) with (i, u) where there are few output channels:
// then a row of large meets the kernel-height rows of small above it. A step is a row of small in
// the first way, and of the padded large in the second. Where the kernel is of medium height and
// neither strided nor dilated, few output channels are instead summed a block of rows of small at a
// time; a step is then a row of small. Many data members, as what is worked out once for all bands
// is all here.
struct WeightJob {
  const Tensor& large;
  const Tensor& small;
  const Conv2dOptions& options;
  Shape kernel;
  RowProductsBlocking blocking;
  const std::stop_token& stop;
  std::array<Part, 3> parts = {};  // of the columns
  Index part_count = 0;
  bool by_rows = false;    // pair (o, v) with (i, u)
  Index block_rows = 0;    // of a block of rows, or 0 where rows are paired
  Index band_steps = 1;    // steps of a band
  Index packed_rows = 1;   // rows of large under those
  Index bands = 1;         // bands of a plane
  Index chunks = 1;        // groups of bands that are summed on their own
  Index splits = 1;        // tasks that share a chunk's output channels
  double* sums = nullptr;  // [chunks][weights]
  // For each row of a pair, the place of its products among a group's sums and the place of the row
  // itself: its output channel and number of rows below the first, or its row in the band's part of
  // large and its first column.
  const Index* a_places = nullptr;
  const Index* a_outputs = nullptr;
  const Index* a_shifts = nullptr;
  const Index* b_places = nullptr;
  const Index* b_rows = nullptr;
  const Index* b_columns = nullptr;

  Index outputs() const { return kernel.n / options.groups; }
  Index rows_of_a() const { return by_rows ? kernel.h : 1; }  // kernel rows for each row of small
  Index rows_of_b() const { return by_rows ? 1 : kernel.h; }
  Index a_count() const { return outputs() * rows_of_a(); }
  Index b_count() const { return kernel.c * rows_of_b() * kernel.w; }
  Index reach() const { return options.dilation.y * (kernel.h - 1); }
  Index steps() const { return small.shape().h + (by_rows ? reach() : 0); }
  // Channels of large that are laid out at a time.
  Index channels() const { return block_rows > 0 ? 1 : kernel.c; }
  Index step_rows() const { return by_rows ? 1 : options.stride.y; }  // rows of large to the next
  Index above() const { return by_rows ? reach() : 0; }  // rows of small above a step's own
  Index small_rows() const { return band_steps + above(); }
  std::span<const Part> used_parts() const {
    return std::span(parts).first(static_cast<std::size_t>(part_count));
  }
};

// One band of one group of one picture, and the scratch memory of a thread for it.
struct Band {
  Index n = 0, group = 0;
  Index first = 0, steps = 0;
  float* large = nullptr;       // [channel][packed_rows][row], if copied
  float* small = nullptr;       // [output][small_rows][width in whole vectors], if copied
  float* sums = nullptr;        // [kernel_width][kernel_height][lanes], where blocks are summed
  const float* zero = nullptr;  // a row of zeros
  const float** large_rows = nullptr;  // [channel][packed_rows]
  const float** a = nullptr;  // [block][step][rows of the block], or [step] of a block of rows
  const float** b = nullptr;  // [step][rows of the block]
};

inline Index blocks(Index count, Index most) {
  return (count + most - 1) / most;
}

// Returns the floats of a copied row of small.
Index whole_vectors(const WeightJob& job, Index width);

// Points to the rows under the band of channels [channel, channel + job.channels()) of large, where
// they stand or as copies.
void lay_out_large(const WeightJob& job, const Band& band, const Part& part, Index channel);
// Copies the band's rows of output channels [first_output, last_output).
void copy_small(const WeightJob& job, const Band& band, const Part& part, Index first_output,
                Index last_output);
// Returns row r of the band, of output channel o; a row of zeros outside the plane.
const float* small_row(const WeightJob& job, const Band& band, const Part& part, Index o, Index r);

}  // namespace convscope::engine::fast
