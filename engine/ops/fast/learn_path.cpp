#include "engine/ops/fast/learn_path.h"

#include <algorithm>
#include <array>

#include "engine/core/parallel.h"
#include "engine/ops/fast/gradient_kernels.h"
#include "engine/ops/fast/learn_kernels.h"
#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/plane_kernels.h"
#include "engine/ops/fast/plane_path.h"
#include "engine/ops/fast/row_kernels.h"

namespace convscope::engine::fast {
namespace {

constexpr Index kWidest = 11;
static_assert(kTileColumns + kWidest - 1 <= kTilePitch);

Index blocks(Index count, Index most) {
  return (count + most - 1) / most;
}

// Each output plane is cut into tiles, which chunks of neighbours share out among the threads. What
// belongs to which chunk depends on the shapes alone, and so does the order of all sums. Many data
// members, as what is worked out once for all tiles is all here.
struct LearnJob {
  const Tensor& input;
  const Tensor& target;
  const Conv2dOptions& options;
  LearnPass& pass;
  Shape kernel;
  PlaneBlocking blocking;
  const float* weights;  // for each output channel [kernel_width][kernel_height]
  std::span<const float> bias;
  bool streaming;
  Index tile_rows, tile_columns;
  Index bands, across;  // tiles of a plane, down and across
  Index chunks;         // chunks of an output channel
  double* sums;         // [output channel][chunk][sums_of_chunk()]
  const std::stop_token& stop;

  Index taps() const { return kernel.h * kernel.w; }
  // The gradient of each weight | the squared errors | the errors.
  Index sums_of_chunk() const { return taps() + 2; }
  Index tiles() const { return input.shape().n * bands * across; }
  Index packed_rows() const { return tile_rows + blocking.rows + kernel.h - 1; }
};

// The memory of one thread: vectors of sums | errors of a block | packed input rows.
struct LearnScratch {
  float* sums;   // [kernel_width][kernel_height][lanes]
  float* error;  // [blocking.rows][kTilePitch]
  float* input;  // [packed_rows][kTilePitch]
};

LearnScratch make_scratch(const LearnJob& job, WorkerScratch& worker) {
  const Index sums = blocks(job.taps() * job.blocking.lanes, kTilePitch) * kTilePitch;
  const Index error = job.blocking.rows * kTilePitch;
  float* floats = worker.floats.get(sums + error + job.packed_rows() * kTilePitch);
  return {floats, floats + sums, floats + sums + error};
}

// Output rows [y, end) and columns [x, x + columns) of plane (n, o).
struct Tile {
  Index n, o;
  Index y, end;
  Index x, columns;
};

Tile tile_at(const LearnJob& job, Index o, Index index) {
  const Shape& out = job.target.shape();
  const Index across = index % job.across;
  const Index band = index / job.across % job.bands;
  Tile t{index / job.across / job.bands, o, band * job.tile_rows, 0, across * job.tile_columns, 0};
  t.end = std::min(t.y + job.tile_rows, out.h);
  t.columns = std::min(job.tile_columns, out.w - t.x);
  return t;
}

// Packs rows [begin, end) of the input under a tile; rows that no output row needs become 0.
void pack(const LearnJob& job, const Tile& t, Index begin, Index end, float* input) {
  const Index needed = std::clamp(t.end - t.y + job.kernel.h - 1, begin, end);
  Conv2dOptions options = job.options;
  options.padding.left -= t.x;
  const Index channel = t.o / (job.kernel.n / options.groups);
  pack_rows(job.input, options,
            {t.n, channel, 1, t.y + begin, needed - begin, 0, job.kernel.w, t.columns},
            PackedRow{1, kTilePitch}, input + begin * kTilePitch);
  std::fill(input + needed * kTilePitch, input + end * kTilePitch, 0.0f);
}

// The rows of a block, as the kernels want them. Those of `ahead`, which the next block reads and
// writes apart from the packed input, are fetched meanwhile.
struct BlockRows {
  std::array<const float*, kMaxPlaneBlockRows + kWidest> input;
  std::array<float*, kMaxPlaneBlockRows> error;
  std::array<std::array<const float*, kMaxPlaneBlockRows>, 3> ahead;
  Index ahead_count = 0;
};

template <typename Pointers>
void point_to_rows(auto* first, Index pitch, Index count, Pointers& to) {
  for (Index r = 0; r < count; ++r)
    to[static_cast<std::size_t>(r)] = first + r * pitch;
}

Index whole_vectors(const LearnJob& job, const Tile& t) {
  return blocks(t.columns, job.blocking.lanes) * job.blocking.lanes;
}

// Computes the prediction of a block of rows.
void predict(const LearnJob& job, const Tile& t, const BlockRows& rows) {
  PlaneBlock block{rows.input.data(), rows.error.data(), job.weights + t.o * job.taps(),
                   job.kernel.h,      job.kernel.w,      1};
  if (!job.bias.empty()) block.bias = job.bias[static_cast<std::size_t>(t.o)];
  plane_block(block, 0, whole_vectors(job, t));
}

// Turns the prediction into the error and adds to the sums; values outside the output become 0.
void subtract_target(const LearnJob& job, const Tile& t, Index y, float* error, double* sums) {
  for (Index r = 0; r < job.blocking.rows; ++r, error += kTilePitch) {
    const bool inside = y + r < t.end;
    if (inside) {
      sums[0] += subtract_row(error, job.target.row(t.n, t.o, y + r) + t.x, t.columns,
                              job.pass.error.row(t.n, t.o, y + r) + t.x, job.streaming);
      if (!job.bias.empty()) sums[1] += sum_of_row(error, t.columns);
    }
    std::fill(error + (inside ? t.columns : 0), error + kTilePitch, 0.0f);
  }
}

// Points to the rows that the block after row y reads and writes, where all of them exist.
void point_ahead(const LearnJob& job, const Tile& t, Index y, BlockRows& rows) {
  const Shape& in = job.input.shape();
  const Index count = job.blocking.rows;
  const Index next = y + count;
  // The first row that the next block adds.
  const Index packed = next + job.kernel.h - 1 - job.options.padding.top;
  rows.ahead_count = 0;
  if (next + count > t.end || packed < 0 || packed + count > in.h) return;
  const Index channel = t.o / (job.kernel.n / job.options.groups);
  const Index column = std::clamp<Index>(t.x - job.options.padding.left, 0, in.w - 1);
  const Index width = job.target.shape().w;
  const auto add = [&](const float* first, Index pitch) {
    point_to_rows(first, pitch, count, rows.ahead[static_cast<std::size_t>(rows.ahead_count++)]);
  };
  add(job.input.row(t.n, channel, packed) + column, in.w);
  add(job.target.row(t.n, t.o, next) + t.x, width);
  if (!job.streaming) add(job.pass.error.row(t.n, t.o, next) + t.x, width);
}

void add_gradient(const LearnJob& job, const Tile& t, const BlockRows& rows, float* sums) {
  TileGradient tile{rows.error[0], rows.input[0],         job.kernel.h,
                    job.kernel.w,  whole_vectors(job, t), sums};
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows.ahead_count); ++i)
    tile.ahead[i] = rows.ahead[i].data();
  add_tile_gradient(tile);
}

void learn_tile(const LearnJob& job, const Tile& t, const LearnScratch& scratch, double* sums) {
  const Index rows = job.blocking.rows;
  BlockRows block;
  point_to_rows(scratch.error, kTilePitch, rows, block.error);
  Index packed = 0;
  for (Index y = t.y; y < t.end; y += rows) {
    const Index in_rows = rows + job.kernel.h - 1;
    const Index needed = y - t.y + in_rows;
    pack(job, t, packed, needed, scratch.input);
    packed = needed;
    point_to_rows(scratch.input + (y - t.y) * kTilePitch, kTilePitch, in_rows, block.input);
    predict(job, t, block);
    subtract_target(job, t, y, scratch.error, sums + job.taps());
    point_ahead(job, t, y, block);
    add_gradient(job, t, block, scratch.sums);
  }
}

void learn_chunk(const LearnJob& job, Index o, Index chunk, const LearnScratch& scratch) {
  double* sums = job.sums + (o * job.chunks + chunk) * job.sums_of_chunk();
  std::fill_n(sums, job.sums_of_chunk(), 0.0);
  std::fill_n(scratch.sums, job.taps() * job.blocking.lanes, 0.0f);
  Index values = 0;
  const Index end = job.tiles() * (chunk + 1) / job.chunks;
  for (Index i = job.tiles() * chunk / job.chunks; i < end; ++i) {
    if (job.stop.stop_requested()) return;
    const Tile t = tile_at(job, o, i);
    learn_tile(job, t, scratch, sums);
    values += (t.end - t.y) * t.columns;
    if (values < kMaxBlockSummed && i + 1 < end) continue;
    flush_sums(scratch.sums, job.kernel.h, job.kernel.w, sums);
    values = 0;
  }
  if (job.streaming) finish_streaming();
}

LearnJob make_job(const Tensor& input, const Tensor& target, const Tensor& weight,
                  std::span<const float> bias, const Conv2dOptions& options, LearnPass& pass,
                  Workspace& workspace, const std::stop_token& stop) {
  constexpr Index kChunks = 64;
  constexpr Index kTileRows = 64;
  const Shape& out = target.shape();
  const PlaneBlocking blocking = plane_blocking(weight.shape().h);
  LearnJob job{input,
               target,
               options,
               pass,
               weight.shape(),
               blocking,
               column_order(weight, workspace.weights),
               bias,
               streaming_pays(out, blocking.lanes),
               blocks(kTileRows, blocking.rows) * blocking.rows,
               0,
               0,
               blocks(out.w, kTileColumns),
               0,
               nullptr,
               stop};
  job.bands = blocks(out.h, job.tile_rows);
  job.tile_columns = blocks(blocks(out.w, job.across), blocking.lanes) * blocking.lanes;
  job.across = blocks(out.w, job.tile_columns);
  job.chunks = std::clamp<Index>(job.tiles(), 1, blocks(kChunks, out.c));
  job.sums = workspace.sums.get(out.c * job.chunks * job.sums_of_chunk());
  return job;
}

// Adds the sums of all chunks in a fixed order.
void collect(const LearnJob& job) {
  LearnPass& pass = job.pass;
  pass.squares = 0.0;
  for (Index o = 0; o < job.kernel.n; ++o) {
    const double* of_channel = job.sums + o * job.chunks * job.sums_of_chunk();
    const auto total = [&](Index k) {
      double sum = 0.0;
      for (Index c = 0; c < job.chunks; ++c)
        sum += of_channel[c * job.sums_of_chunk() + k];
      return sum;
    };
    for (Index k = 0; k < job.taps(); ++k)
      pass.grad_weight.plane(o, 0)[static_cast<std::size_t>(k)] = static_cast<float>(total(k));
    pass.squares += total(job.taps());
    if (!pass.grad_bias.empty())
      pass.grad_bias[static_cast<std::size_t>(o)] = static_cast<float>(total(job.taps() + 1));
  }
}

}  // namespace

bool learn_fits(const Shape& weight, const Conv2dOptions& options) {
  return weight.c == 1 && !options.transposed && options.stride == Yx{1, 1} &&
         options.dilation == Yx{1, 1} &&
         weight.h <= std::min(kWidest, max_gradient_kernel_height()) && weight.w <= kWidest;
}

bool learn_path(const Tensor& input, const Tensor& target, const Tensor& weight,
                std::span<const float> bias, const Conv2dOptions& options, LearnPass& pass,
                Workspace& workspace, const std::stop_token& stop) {
  assert(learn_fits(weight.shape(), options));
  assert(pass.error.shape() == target.shape() && pass.grad_weight.shape() == weight.shape());
  assert(pass.grad_bias.size() == bias.size());
  const LearnJob job = make_job(input, target, weight, bias, options, pass, workspace, stop);
  const Index tasks = target.shape().c * job.chunks;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto chunk = [&](Index task, Index worker) {
    learn_chunk(job, task / job.chunks, task % job.chunks, make_scratch(job, workspace.of(worker)));
  };
  if (!run_tasks(tasks, workers, stop, chunk)) return false;
  collect(job);
  return true;
}

}  // namespace convscope::engine::fast
