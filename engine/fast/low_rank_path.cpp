#include "engine/fast/low_rank_path.h"

#include <algorithm>
#include <array>

#include "engine/fast/packed_rows.h"
#include "engine/fast/parallel.h"
#include "engine/fast/plane_kernels.h"

namespace convscope::fast {
namespace {

Index round_up(Index value, Index step) {
  return (value + step - 1) / step * step;
}

// What all tiles of one evaluation share.
struct TileJob {
  const Tensor& large;
  const Conv2dOptions& options;
  Tensor& small;
  Shape kernel;
  const LowRank& factors;
  Index most;  // terms that the factors have room for
  std::span<const float> bias;
  PlaneBlocking along, down;  // blocks of the pass along the rows, and of that down the columns
  Index tile_rows, tile_columns;
  PackedRow row;
};

// A thread's memory: packed input rows for a block of the first pass | results of that pass,
// [row][term][column] | rows that are not wanted, or only in part.
struct TileScratch {
  float* packed;
  float* passed;
  float* spare;
  const float** in;
};

TileScratch make_scratch(const TileJob& job, WorkerScratch& worker) {
  const Index rows = round_up(job.tile_rows, job.down.rows) + job.kernel.h - 1;
  const Index packed = job.along.rows * job.row.size();
  const Index passed = round_up(rows, job.along.rows) * job.factors.rank * job.tile_columns;
  float* floats = worker.floats.get(packed + passed + job.down.rows * job.tile_columns);
  return {floats, floats + packed, floats + packed + passed,
          worker.pointers.get(std::max(job.along.rows, job.down.rows + job.kernel.h))};
}

struct Tile {
  Index n, o;
  Index y, x, rows, columns;  // of the output
};

// All rows under the tile, each by the rows of all terms.
void pass_along(const TileJob& job, const Tile& tile, const TileScratch& scratch) {
  const Index count = round_up(tile.rows, job.down.rows) + job.kernel.h - 1;
  const Index wanted = tile.rows + job.kernel.h - 1;
  const Index columns = round_up(tile.columns, job.along.lanes);
  const Index step = job.factors.rank * job.tile_columns;
  const Index channel = tile.o / (job.small.shape().c / job.options.groups);
  Conv2dOptions shifted = job.options;
  shifted.padding.left -= tile.x;
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index first = 0; first < count; first += job.along.rows) {
    const Index rows = std::clamp<Index>(wanted - first, 0, job.along.rows);
    pack_rows(job.large, shifted,
              {tile.n, channel, 1, tile.y + first, rows, 0, job.kernel.w, tile.columns}, job.row,
              scratch.packed);
    std::fill(scratch.packed + rows * job.row.size(),
              scratch.packed + job.along.rows * job.row.size(), 0.0f);
    for (Index r = 0; r < job.along.rows; ++r)
      scratch.in[r] = scratch.packed + r * job.row.size();
    for (Index term = 0; term < job.factors.rank; ++term) {
      for (Index r = 0; r < job.along.rows; ++r)
        out[static_cast<std::size_t>(r)] =
            scratch.passed + (first + r) * step + term * job.tile_columns;
      const float* weight = job.factors.rows.data() + (tile.o * job.most + term) * job.kernel.w;
      plane_block({scratch.in, out.data(), weight, 1, job.kernel.w, job.options.dilation.x, 0.0f},
                  0, columns);
    }
  }
}

// The output rows from the results of pass_along: a kernel with one column for each term, as far
// apart as these results are.
void pass_down(const TileJob& job, const Tile& tile, const TileScratch& scratch) {
  const Index step = job.factors.rank * job.tile_columns;
  const Index whole = tile.columns / job.down.lanes * job.down.lanes;
  const float* weight = job.factors.columns.data() + tile.o * job.most * job.kernel.h;
  const float bias = job.bias.empty() ? 0.0f : job.bias[static_cast<std::size_t>(tile.o)];
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index y = 0; y < tile.rows; y += job.down.rows) {
    for (Index r = 0; r < job.down.rows + job.kernel.h - 1; ++r)
      scratch.in[r] = scratch.passed + (y + r) * step;
    const PlaneBlock block{scratch.in,       out.data(),       weight, job.kernel.h,
                           job.factors.rank, job.tile_columns, bias};
    for (Index r = 0; r < job.down.rows; ++r)
      out[static_cast<std::size_t>(r)] =
          y + r < tile.rows ? job.small.row(tile.n, tile.o, tile.y + y + r) + tile.x
                            : scratch.spare + r * job.tile_columns;
    if (whole > 0) plane_block(block, 0, whole);
    if (whole == tile.columns) continue;
    for (Index r = 0; r < job.down.rows; ++r)
      out[static_cast<std::size_t>(r)] = scratch.spare + r * job.tile_columns;
    plane_block(block, whole, whole + job.down.lanes);
    for (Index r = 0; r < std::min(job.down.rows, tile.rows - y); ++r)
      std::copy(scratch.spare + r * job.tile_columns + whole,
                scratch.spare + r * job.tile_columns + tile.columns,
                job.small.row(tile.n, tile.o, tile.y + y + r) + tile.x + whole);
  }
}

TileJob make_job(const Tensor& large, const Tensor& weight, Index most, std::span<const float> bias,
                 const Conv2dOptions& o, Tensor& small, Workspace& workspace) {
  // Half of a second-level cache of 512 KiB.
  constexpr Index kTileFloats = Index{1} << 16;
  constexpr Index kTileColumns = 512;
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  TileJob job{large,
              o,
              small,
              k,
              low_rank(weight, most, workspace.low_rank),
              most,
              bias,
              plane_blocking(1),
              plane_blocking(k.h),
              1,
              1,
              {}};
  assert(job.factors.rank > 0);
  job.tile_columns = std::min(kTileColumns, round_up(std::max<Index>(1, s.w), job.along.lanes));
  const Index rows = kTileFloats / (job.factors.rank * job.tile_columns) - k.h;
  job.tile_rows = std::clamp<Index>(round_up(std::max(rows, k.h), job.down.rows), 1,
                                    round_up(std::max<Index>(1, s.h), job.down.rows));
  job.row = packed_row(o, k.w, job.tile_columns, job.along.lanes);
  return job;
}

}  // namespace

bool low_rank_path(const Tensor& large, const Tensor& weight, Index most,
                   std::span<const float> bias, const Conv2dOptions& options, Tensor& small,
                   Workspace& workspace, const std::stop_token& stop) {
  assert(options.stride == Yx(1, 1) && options.dilation.y == 1 && weight.shape().c == 1);
  const TileJob job = make_job(large, weight, most, bias, options, small, workspace);
  const Shape& s = small.shape();
  const Index across = (s.w + job.tile_columns - 1) / job.tile_columns;
  const Index down = (s.h + job.tile_rows - 1) / job.tile_rows;
  const Index tasks = s.n * s.c * across * down;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto work = [&](Index task, Index worker) {
    const Index plane = task / (across * down);
    Tile tile{plane / s.c,
              plane % s.c,
              task / across % down * job.tile_rows,
              task % across * job.tile_columns,
              0,
              0};
    tile.rows = std::min(job.tile_rows, s.h - tile.y);
    tile.columns = std::min(job.tile_columns, s.w - tile.x);
    const TileScratch scratch = make_scratch(job, workspace.of(worker));
    pass_along(job, tile, scratch);
    pass_down(job, tile, scratch);
  };
  return run_tasks(tasks, workers, stop, work);
}

}  // namespace convscope::fast
