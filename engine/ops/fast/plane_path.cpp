#include "engine/ops/fast/plane_path.h"

#include <algorithm>
#include <array>

#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/plane_kernels.h"

namespace convscope::engine::fast {
namespace {

Index round_up(Index value, Index step) {
  return (value + step - 1) / step * step;
}

// Output columns [begin, end), a multiple of the lanes, that read a padded copy of a few input
// columns. Column c of the copy is column c + origin of the padded input. The input's columns
// [first, first + columns), a multiple of the lanes, stand in the copy from `at` on:
//
//   at = padding            first ...          columns               cells in the padding
//   |-----------------------|----------------------------------------|-------------------|
struct Side {
  Index begin = 0, end = 0;
  Index origin = 0;
  Index first = 0, columns = 0, at = 0;
  Index size = 0;
  // The remaining cells, as pairs of a column of the copy and the input column that stands there.
  // Columns of the copy in no pair stay 0.
  const Index* cells = nullptr;
  Index cell_count = 0;
};

// What all bands of one evaluation share: many data members, as what is worked out once is all
// here.
struct PlaneJob {
  const Tensor& large;
  const Conv2dOptions& options;
  Tensor& small;
  Index kernel_height, kernel_width;
  PlaneBlocking blocking;
  const float* weights;  // for each output channel [kernel_width][kernel_height]
  const float* zeros;    // a row of zeros
  std::span<const float> bias;
  // Output columns [inner_begin, inner_end), a multiple of the lanes, read no padding.
  Index inner_begin, inner_end;
  std::array<Side, 2> sides;  // they may overlap the inner columns
  // The output is too narrow for inner vectors: only sides[0] is used, and it ends beyond the
  // output.
  bool narrow;
  bool streaming;

  Index in_rows() const { return blocking.rows + kernel_height - 1; }
};

// The memory of one thread:
//
//   floats:    each side: in_rows x its size | its results, if narrow | a row that is discarded
//   pointers:  to the in_rows of a block and to those the next block adds | to the rows of a side
struct BandScratch {
  const float** in;
  const float** side_in;
  std::array<float*, 2> copies;
  float* side_out;
  float* unused_row;
};

BandScratch make_scratch(const PlaneJob& job, WorkerScratch& worker) {
  const Index in_rows = job.in_rows();
  const auto floats_of = [&](const Side& s) {
    return round_up(in_rows * s.size, job.blocking.lanes);
  };
  const Index copies = floats_of(job.sides[0]) + floats_of(job.sides[1]);
  const Index row = round_up(job.small.shape().w, job.blocking.lanes);
  const float** pointers = worker.pointers.get(2 * in_rows + job.blocking.rows);
  float* floats = worker.floats.get(copies + (job.blocking.rows + 1) * row);
  return {pointers,
          pointers + in_rows + job.blocking.rows,
          {floats, floats + floats_of(job.sides[0])},
          floats + copies,
          floats + copies + job.blocking.rows * row};
}

// Computes one side of a block, of which only `rows` output rows are wanted.
void one_side(const PlaneJob& job, const Side& side, float* copy, const PlaneBlock& block,
              Index rows, const BandScratch& scratch) {
  const Index left = job.options.padding.left;
  copy_columns(block.in, job.in_rows(), left + side.first, side.columns, copy + side.at, side.size);
  for (Index r = 0; r < job.in_rows(); ++r) {
    float* to = copy + r * side.size;
    const float* from = block.in[r] + left;
    for (Index i = 0; i < side.cell_count; ++i)
      to[side.cells[2 * i]] = from[side.cells[2 * i + 1]];
    scratch.side_in[r] = to - side.origin;
  }
  PlaneBlock padded = block;
  padded.in = scratch.side_in;
  padded.ahead = padded.streaming = false;
  if (!job.narrow) return plane_block(padded, side.begin, side.end);
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index i = 0; i < job.blocking.rows; ++i)
    out[static_cast<std::size_t>(i)] = scratch.side_out + i * side.end;
  padded.out = out.data();
  plane_block(padded, side.begin, side.end);
  for (Index i = 0; i < rows; ++i)
    std::copy_n(out[static_cast<std::size_t>(i)], job.small.shape().w, block.out[i]);
}

// Computes the block of output rows y, y + dilation, ... < end.
void one_block(const PlaneJob& job, Index n, Index o, Index y, Index end,
               const BandScratch& scratch) {
  const Shape& large = job.large.shape();
  const Shape& small = job.small.shape();
  const Conv2dOptions& options = job.options;
  const Index channel = o / (small.c / options.groups);
  const Index dy = options.dilation.y;
  for (Index r = 0; r < job.in_rows() + job.blocking.rows; ++r) {
    const Index padded = y + r * dy - options.padding.top;
    // Rows below the plane's last window are read by no output row.
    const bool read = y + std::max<Index>(0, r - job.kernel_height + 1) * dy < small.h;
    const Index source = read ? padding_source(padded, large.h, options.padding_mode) : -1;
    scratch.in[r] =
        (source < 0 ? job.zeros : job.large.row(n, channel, source)) - options.padding.left;
  }
  std::array<float*, kMaxPlaneBlockRows> out;
  Index rows = 0;
  for (Index i = 0; i < job.blocking.rows; ++i) {
    const Index row = y + i * dy;
    if (row < end) ++rows;
    out[static_cast<std::size_t>(i)] = row < end ? job.small.row(n, o, row) : scratch.unused_row;
  }
  const Index taps = job.kernel_height * job.kernel_width;
  PlaneBlock block{scratch.in,        out.data(),       job.weights + o * taps,
                   job.kernel_height, job.kernel_width, options.dilation.x};
  if (!job.bias.empty()) block.bias = job.bias[static_cast<std::size_t>(o)];
  block.ahead = true;
  block.streaming = job.streaming;
  const auto side = [&](std::size_t i) {
    if (job.sides[i].begin < job.sides[i].end)
      one_side(job, job.sides[i], scratch.copies[i], block, rows, scratch);
  };
  side(0);
  if (job.inner_begin < job.inner_end) plane_block(block, job.inner_begin, job.inner_end);
  side(1);
}

// Lists the cells of a side outside [at, at + columns), as far as output columns < out read them.
// Cells beyond those stay 0, because padding_source() must not be asked past the padding.
void list_cells(Side& side, Index reach, Index width, Index out, const Conv2dOptions& o,
                Index* to) {
  side.cells = to;
  const Index needed = side.end - side.origin + reach - 1;
  const Index listed = std::min(side.end, out) - side.origin + reach - 1;
  for (Index c = 0; c < listed; ++c) {
    if (c == side.at) c += side.columns;
    if (c >= listed) break;
    const Index source = padding_source(c + side.origin - o.padding.left, width, o.padding_mode);
    if (source < 0) continue;
    *to++ = c;
    *to++ = source;
  }
  side.cell_count = (to - side.cells) / 2;
  side.size = std::max(needed, side.at + side.columns);
}

// Divides the columns of a plane into sides and inner columns: vectors at multiples of the lanes,
// and one at the end of the rows that overlaps them.
void divide_columns(PlaneJob& job, Workspace& workspace) {
  const Index lanes = job.blocking.lanes;
  const Index left = job.options.padding.left;
  const Index reach = job.options.dilation.x * (job.kernel_width - 1) + 1;
  const Index width = job.large.shape().w;
  const Index out = job.small.shape().w;
  auto& [head, tail] = job.sides;
  head.end = round_up(left, lanes);
  head.at = left;
  head.columns = head.end == 0 ? 0 : round_up(head.end - left + reach - 1, lanes);
  job.inner_begin = head.end;
  const Index last = std::min(out, width + left - reach + 1);
  job.inner_end = job.inner_begin + std::max<Index>(0, last - job.inner_begin) / lanes * lanes;
  tail.end = out;
  tail.begin = out - round_up(out - job.inner_end, lanes);
  tail.columns = round_up(width - (tail.begin - left), lanes);
  tail.first = width - tail.columns;
  tail.origin = tail.first + left;
  job.narrow =
      job.inner_end <= job.inner_begin || tail.begin < 0 || tail.first < 0 || head.columns > width;
  if (job.narrow) {
    job.inner_begin = job.inner_end = 0;
    head = {};
    head.end = round_up(out, lanes);
    head.at = left;
    head.columns = width / lanes * lanes;
    tail = {};
  }
  Index* cells =
      workspace.offsets.get(2 * (head.end + tail.end - tail.begin + 2 * reach + 2 * lanes));
  list_cells(head, reach, width, out, job.options, cells);
  list_cells(tail, reach, width, out, job.options, cells + 2 * head.cell_count);
}

PlaneJob make_job(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                  const Conv2dOptions& options, Tensor& small, Workspace& workspace) {
  const Shape& k = weight.shape();
  const PlaneBlocking blocking = plane_blocking(k.h);
  const Index row = large.shape().w + options.padding.left;
  float* zeros = workspace.shared.get(row + blocking.lanes);
  std::fill_n(zeros, row + blocking.lanes, 0.0f);
  PlaneJob job{
      large, options, small, k.h, k.w, blocking, column_order(weight, workspace.weights),
      zeros, bias,    0,     0,   {},  false,    streaming_pays(small.shape(), blocking.lanes)};
  divide_columns(job, workspace);
  return job;
}

}  // namespace

const float* column_order(const Tensor& weight, Buffer& buffer) {
  const Shape& k = weight.shape();
  float* to = buffer.get(k.numel());
  for (Index o = 0; o < k.n; ++o) {
    const float* from = weight.row(o, 0, 0);
    for (Index u = 0; u < k.w; ++u)
      for (Index v = 0; v < k.h; ++v)
        *to++ = from[v * k.w + u];
  }
  return to - k.numel();
}

bool plane_path(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                const Conv2dOptions& options, Tensor& small, RowRange rows, Workspace& workspace,
                const std::stop_token& stop) {
  assert((options.stride == Yx{1, 1} && weight.shape().c == 1));
  const PlaneJob job = make_job(large, weight, bias, options, small, workspace);
  const Shape& s = small.shape();
  const Index dy = options.dilation.y;
  const Index block_rows = job.blocking.rows * dy;
  constexpr Index kTransfer = 8;  // the cost of reading and writing a value, in products
  const Index row_work = s.w * (job.kernel_height * job.kernel_width + kTransfer);
  const Index band_rows = rows_per_task(s.n * s.c * (rows.end - rows.begin), row_work, block_rows);
  const Index bands = (rows.end - rows.begin + band_rows - 1) / band_rows;
  const Index tasks = s.n * s.c * bands;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto band = [&](Index task, Index worker) {
    const BandScratch scratch = make_scratch(job, workspace.of(worker));
    for (std::size_t i = 0; i < 2; ++i)
      std::fill_n(scratch.copies[i], job.in_rows() * job.sides[i].size, 0.0f);
    const Index plane = task / bands;
    const Index first = rows.begin + task % bands * band_rows;
    const Index end = std::min(first + band_rows, rows.end);
    for (Index y = first; y < end; y += block_rows)
      for (Index residue = y; residue < std::min(y + dy, end); ++residue)
        one_block(job, plane / s.c, plane % s.c, residue, std::min(y + block_rows, end), scratch);
    if (job.streaming) finish_streaming();
  };
  return run_tasks(tasks, workers, stop, band);
}

}  // namespace convscope::engine::fast
