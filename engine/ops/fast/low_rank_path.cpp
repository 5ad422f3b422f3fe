#include "engine/ops/fast/low_rank_path.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/plane_kernels.h"
#include "engine/ops/fast/row_kernels.h"

namespace convscope::engine::fast {
namespace {

Index round_up(Index value, Index step) {
  return (value + step - 1) / step * step;
}

// What all bands of one evaluation share: many data members, as what is worked out once is all
// here.
struct LowRankJob {
  const Tensor& large;
  const Conv2dOptions& options;
  Tensor& small;
  Shape kernel;
  const LowRank& factors;
  Index most;  // terms that the factors have room for
  std::span<const float> bias;
  const float* zeros;  // a row of zeros
  PlaneBlocking down,
      along;     // block sizes of the pass down the columns and of the pass along the rows
  Index reach;   // padded columns from the first to the last that an output reads
  Index tile;    // output columns at a time
  Index stride;  // floats between rows of the first pass's results
  bool streaming;

  // Returns the rows of a block, a whole number of blocks of both passes.
  Index rows() const { return round_up(down.rows, along.rows); }
};

// The memory of one thread: results of the first pass, rows() x stride | spare memory for output
// rows that are not wanted or only in part, rows() x tile | pointers to the input rows of a block
// and to those that the next block adds.
struct BandScratch {
  float* passed;
  float* spare;
  const float** in;
};

BandScratch make_scratch(const LowRankJob& job, WorkerScratch& worker) {
  float* floats = worker.floats.get(job.rows() * (job.stride + job.tile));
  return {floats, floats + job.rows() * job.stride,
          worker.pointers.get(2 * job.down.rows + job.kernel.h)};
}

struct Tile {
  Index n, o;
  Index y, rows;  // output rows
  Index x, columns;
  Index origin;      // input column of the first result of the first pass
  Index begin, end;  // input columns that the tile reads
};

// Finds the input rows under the tile.
void find_rows(const LowRankJob& job, const Tile& tile, const float** in) {
  const Index channel = tile.o / (job.small.shape().c / job.options.groups);
  const Index count = 2 * job.down.rows + job.kernel.h - 1;
  for (Index r = 0; r < count; ++r) {
    // Rows below the plane's last window are read by no output row.
    const bool read = tile.y + std::max<Index>(0, r - job.kernel.h + 1) < job.small.shape().h;
    const Index source = read ? padding_source(tile.y + r - job.options.padding.top,
                                               job.large.shape().h, job.options.padding_mode)
                              : -1;
    in[r] = source < 0 ? job.zeros : job.large.row(tile.n, channel, source);
  }
}

// Fills the columns of the padding with the pass down of the input column whose copy stands there.
void pad(const LowRankJob& job, const Tile& tile, const float* weight, const BandScratch& scratch) {
  const Index width = job.large.shape().w;
  const Index first = tile.x - job.options.padding.left;
  const Index last = first + tile.columns + job.reach - 1;
  const auto put = [&](Index from, Index to) {
    for (Index c = from; c < to; ++c) {
      const Index source = padding_source(c, width, job.options.padding_mode);
      for (Index i = 0; i < job.down.rows; ++i) {
        float sum = 0.0f;
        for (Index v = 0; source >= 0 && v < job.kernel.h; ++v)
          sum += weight[v] * scratch.in[i + v][source];
        scratch.passed[i * job.stride + c - tile.origin] = sum;
      }
    }
  };
  put(first, std::min<Index>(0, last));
  put(std::max(first, width), last);
}

// Passes the input columns under the tile through a term's column of weights.
void pass_down(const LowRankJob& job, const Tile& tile, Index term, const BandScratch& scratch) {
  const Index lanes = job.down.lanes;
  const float* weight = job.factors.columns.data() + (tile.o * job.most + term) * job.kernel.h;
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index i = 0; i < job.down.rows; ++i)
    out[static_cast<std::size_t>(i)] = scratch.passed + i * job.stride - tile.origin;
  PlaneBlock block{scratch.in, out.data(), weight, job.kernel.h};
  block.ahead = term == 0;
  const Index width = job.large.shape().w;
  const Index end =
      std::min(tile.begin + round_up(tile.end - tile.begin, lanes), width / lanes * lanes);
  if (tile.begin < end) plane_block(block, tile.begin, end);
  if (end < tile.end) plane_block(block, width - lanes, width);
  pad(job, tile, weight, scratch);
}

// Returns whether all values that the pass along the rows reads are finite.
bool is_finite(const LowRankJob& job, const Tile& tile, const BandScratch& scratch) {
  const float* first = scratch.passed + tile.x - job.options.padding.left - tile.origin;
  return finite_rows(first, tile.rows, job.stride, tile.columns + job.reach - 1);
}

// Passes the results of pass_down through a term's row of weights. Rows that are not wanted, and
// all rows of a tile that ends inside a vector, are written to spare memory first.
void pass_along(const LowRankJob& job, const Tile& tile, Index term, const BandScratch& scratch) {
  const bool whole = tile.columns % job.along.lanes == 0;
  PlaneBlock block;
  block.weight = job.factors.rows.data() + (tile.o * job.most + term) * job.kernel.w;
  block.kernel_width = job.kernel.w;
  block.dilation = job.options.dilation.x;
  block.bias = job.bias.empty() ? 0.0f : job.bias[static_cast<std::size_t>(tile.o)];
  block.add = term > 0;
  block.streaming = job.streaming;
  std::array<const float*, kMaxPlaneBlockRows> in;
  std::array<float*, kMaxPlaneBlockRows> out;
  block.in = in.data();
  block.out = out.data();
  const Index first = tile.x - job.options.padding.left - tile.origin;
  for (Index y = 0; y < std::min(tile.rows, job.down.rows); y += job.along.rows) {
    for (Index i = 0; i < job.along.rows; ++i) {
      const Index row = std::min(y + i, job.down.rows - 1);
      in[static_cast<std::size_t>(i)] = scratch.passed + row * job.stride + first;
      out[static_cast<std::size_t>(i)] =
          whole && y + i < tile.rows ? job.small.row(tile.n, tile.o, tile.y + y + i) + tile.x
                                     : scratch.spare + (y + i) * job.tile;
    }
    plane_block(block, 0, round_up(tile.columns, job.along.lanes));
  }
  if (whole || term + 1 < job.factors.rank) return;
  for (Index i = 0; i < tile.rows; ++i)
    std::copy_n(scratch.spare + i * job.tile, tile.columns,
                job.small.row(tile.n, tile.o, tile.y + i) + tile.x);
}

LowRankJob make_job(const Tensor& large, const Tensor& weight, Index most,
                    std::span<const float> bias, const Conv2dOptions& o, Tensor& small,
                    Workspace& workspace) {
  // Eight rows of it take half of a first-level cache of 48 KiB, and four rows half of one of 32
  // KiB.
  constexpr Index kTileColumns = 768;
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  float* zeros = workspace.shared.get(large.shape().w);
  std::fill_n(zeros, large.shape().w, 0.0f);
  LowRankJob job{large,
                 o,
                 small,
                 k,
                 low_rank(weight, most, workspace.low_rank),
                 most,
                 bias,
                 zeros,
                 plane_blocking(k.h),
                 plane_blocking(1),
                 o.dilation.x * (k.w - 1) + 1,
                 0,
                 0,
                 false};
  assert(job.factors.rank > 0);
  const Index lanes = job.along.lanes;
  const Index tiles = (s.w + kTileColumns - 1) / kTileColumns;
  job.tile = round_up((s.w + tiles - 1) / tiles, lanes);
  job.stride = job.tile + round_up(job.reach, lanes) + 3 * lanes;
  job.streaming = job.factors.rank == 1 && streaming_pays(s, lanes);
  return job;
}

// Finds the input columns that a tile reads and where their results stand.
void place(const LowRankJob& job, Tile& tile) {
  const Index width = job.large.shape().w;
  const Index lanes = job.down.lanes;
  const Index first = tile.x - job.options.padding.left;
  tile.origin = first;
  tile.end = std::min(width, first + tile.columns + job.reach - 1);
  tile.begin = std::max<Index>(0, first) / lanes * lanes;
  if (first >= width || tile.end <= 0) tile.begin = tile.end = 0;
  if (tile.begin == tile.end) return;
  tile.origin = std::min(first, tile.begin);
  // The last vector of the input may begin before the tile's columns.
  if (tile.end > width / lanes * lanes) tile.origin = std::min(tile.origin, width - lanes);
}

// Computes the columns from tile.x on of rows [first, end) of a plane; returns false if a value is
// not finite.
bool one_tile(const LowRankJob& job, Tile tile, Index first, Index end,
              const BandScratch& scratch) {
  tile.columns = std::min(job.tile, job.small.shape().w - tile.x);
  place(job, tile);
  for (tile.y = first; tile.y < end; tile.y += job.down.rows) {
    tile.rows = std::min(job.down.rows, end - tile.y);
    find_rows(job, tile, scratch.in);
    for (Index term = 0; term < job.factors.rank; ++term) {
      pass_down(job, tile, term, scratch);
      if (term == 0 && !is_finite(job, tile, scratch)) return false;
      pass_along(job, tile, term, scratch);
    }
  }
  return true;
}

}  // namespace

bool low_rank_fits(const Shape& large, const Shape& k, const Conv2dOptions& o) {
  constexpr Index kMaxLanes = 16;
  return k.c == 1 && o.stride == Yx{1, 1} && o.dilation.y == 1 && large.w >= kMaxLanes &&
         o.padding.left >= 0 && o.padding.top >= 0;
}

PathOutcome low_rank_path(const Tensor& large, const Tensor& weight, Index most,
                          std::span<const float> bias, const Conv2dOptions& options, Tensor& small,
                          Workspace& workspace, const std::stop_token& stop) {
  assert(low_rank_fits(large.shape(), weight.shape(), options));
  const LowRankJob job = make_job(large, weight, most, bias, options, small, workspace);
  const Shape& s = small.shape();
  constexpr Index kTransfer = 8;  // the cost of reading and writing a value, in products
  const Index row_work = s.w * (job.factors.rank * (job.kernel.h + job.kernel.w) + kTransfer);
  const Index band_rows = rows_per_task(s.n * s.c * s.h, row_work, job.down.rows);
  const Index bands = (s.h + band_rows - 1) / band_rows;
  const Index tasks = s.n * s.c * bands;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  std::atomic<bool> finite = true;
  auto work = [&](Index task, Index worker) {
    const BandScratch scratch = make_scratch(job, workspace.of(worker));
    const Index plane = task / bands;
    const Index first = task % bands * band_rows;
    for (Index x = 0; x < s.w && finite.load(std::memory_order_relaxed); x += job.tile) {
      if (!one_tile(job, {plane / s.c, plane % s.c, 0, 0, x, 0, 0, 0, 0}, first,
                    std::min(first + band_rows, s.h), scratch))
        finite = false;
    }
    if (job.streaming) finish_streaming();
  };
  if (!run_tasks(tasks, workers, stop, work)) return PathOutcome::kStopped;
  return finite ? PathOutcome::kFinished : PathOutcome::kNotFinite;
}

}  // namespace convscope::engine::fast
