#include "engine/ops/fast/weight_path.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/weight_kernels.h"

namespace convscope::engine::fast {
namespace {

// Each weight's gradient is a sum of products of rows: of a row of small (output channel o) with a
// row of large (channel i, shifted by u columns), v rows below it. The rows are paired in one of
// two ways, as (o) with (i, v, u), or as (o, v) with (i, u) where there are few output channels:
// then a row of large meets the kernel-height rows of small above it. Many data members, as what is
// worked out once for all bands is all here.
struct WeightJob {
  const Tensor& large;
  const Tensor& small;
  const Conv2dOptions& options;
  Shape kernel;
  RowProductsBlocking blocking;
  PackedRow row;
  bool by_rows;       // pair (o, v) with (i, u)
  bool copy_small;    // the rows of small don't end with a whole vector
  Index small_row;    // floats of a copied row of small
  Index band_rows;    // rows of small in a band
  Index packed_rows;  // rows of large under those
  Index bands;        // bands of a plane
  Index chunks;       // groups of bands that are summed on their own
  Index splits;       // tasks that share a chunk's output channels
  double* sums;       // [chunks][weights]
  // For each row of a pair, the place of its products among a group's sums and the place of the row
  // itself: its output channel and number of rows below the first, or its offset in the packed
  // large.
  const Index* a_places;
  const Index* a_outputs;
  const Index* a_shifts;
  const Index* b_places;
  const Index* b_offsets;
  const std::stop_token& stop;

  Index outputs() const { return kernel.n / options.groups; }
  Index a_rows() const { return by_rows ? kernel.h : 1; }  // kernel rows for each row of small
  Index b_rows() const { return by_rows ? 1 : kernel.h; }
  Index a_count() const { return outputs() * a_rows(); }
  Index b_count() const { return kernel.c * b_rows() * kernel.w; }
  Index reach() const { return options.dilation.y * (kernel.h - 1); }
  Index most_steps() const { return by_rows ? band_rows + reach() : band_rows; }
};

// One band of one group of one picture, and the scratch memory of a thread for it.
struct Band {
  Index n, group;
  Index y, rows;
  float* large;       // [channel][packed_rows][row]
  float* small;       // [output][band_rows][small_row], if copied
  const float* zero;  // a row of zeros
  const float** a;    // [block][step][rows of the block]
  const float** b;    // [step][rows of the block]
};

Index blocks(Index count, Index most) {
  return (count + most - 1) / most;
}

const float* small_row(const WeightJob& job, const Band& band, Index o, Index r) {
  if (r < 0 || r >= band.rows) return band.zero;
  if (job.copy_small) return band.small + (o * job.band_rows + r) * job.small_row;
  return job.small.row(band.n, band.group * job.outputs() + o, band.y + r);
}

void pack_band(const WeightJob& job, const Band& band, Index first_output, Index last_output) {
  const Conv2dOptions& o = job.options;
  pack_rows(job.large, o,
            {band.n, band.group * job.kernel.c, job.kernel.c, band.y * o.stride.y,
             (band.rows - 1) * o.stride.y + job.reach() + 1, job.packed_rows, job.kernel.w,
             job.small.shape().w},
            job.row, band.large);
  if (!job.copy_small) return;
  for (Index output = first_output; output < last_output; ++output)
    for (Index r = 0; r < band.rows; ++r)
      std::copy_n(job.small.row(band.n, band.group * job.outputs() + output, band.y + r),
                  job.small.shape().w, band.small + (output * job.band_rows + r) * job.small_row);
}

// Rows [begin, end).
struct Block {
  Index begin, end;
  Index size() const { return end - begin; }
  // Returns the block-th of `block_count` equal blocks of the `count` rows from `first` on.
};
Block block_of(Index first, Index count, Index block, Index block_count) {
  return {first + count * block / block_count, first + count * (block + 1) / block_count};
}

// Writes the pointers of band.a from `to` on; returns where they end.
const float** point_to_a(const WeightJob& job, const Band& band, const Block& k, Index steps,
                         const float** to) {
  for (Index step = 0; step < steps; ++step)
    for (Index a = k.begin; a < k.end; ++a)
      *to++ = small_row(job, band, job.a_outputs[a], step - job.a_shifts[a]);
  return to;
}

void point_to_b(const WeightJob& job, const Band& band, const Block& k, Index steps) {
  const Index step_size = (job.by_rows ? 1 : job.options.stride.y) * job.row.size();
  const float** to = band.b;
  for (Index step = 0; step < steps; ++step)
    for (Index b = k.begin; b < k.end; ++b)
      *to++ = band.large + step * step_size + job.b_offsets[b];
}

void add_band(const WeightJob& job, const Band& band, Index split, double* sums) {
  const Index first_output = job.outputs() * split / job.splits;
  const Index last_output = job.outputs() * (split + 1) / job.splits;
  pack_band(job, band, first_output, last_output);
  const Index steps = job.by_rows ? band.rows + job.reach() : band.rows;
  const Index first = first_output * job.a_rows();
  const Index a_count = (last_output - first_output) * job.a_rows();
  const Index a_blocks = blocks(a_count, job.blocking.a);
  const Index b_blocks = blocks(job.b_count(), job.blocking.b);
  const float** to = band.a;
  for (Index i = 0; i < a_blocks; ++i)
    to = point_to_a(job, band, block_of(first, a_count, i, a_blocks), steps, to);
  sums += band.group * job.outputs() * job.kernel.c * job.kernel.h * job.kernel.w;
  for (Index j = 0; j < b_blocks; ++j) {
    const Block b = block_of(0, job.b_count(), j, b_blocks);
    point_to_b(job, band, b, steps);
    for (Index i = 0; i < a_blocks; ++i) {
      if (job.stop.stop_requested()) return;
      const Block a = block_of(first, a_count, i, a_blocks);
      row_products({band.a + (a.begin - first) * steps, band.b, a.size(), b.size(), steps,
                    job.small.shape().w, sums, job.a_places + a.begin, job.b_places + b.begin});
    }
  }
}

// Fills the tables that describe the rows of each pair.
void describe_pairs(WeightJob& job, Workspace& workspace) {
  const Shape& k = job.kernel;
  const Index a_count = job.a_count();
  Index* table = workspace.offsets.get(3 * a_count + 2 * job.b_count());
  Index* a_places = table;
  Index* a_outputs = table + a_count;
  Index* a_shifts = table + 2 * a_count;
  for (Index a = 0; a < a_count; ++a) {
    const Index v = a % job.a_rows();
    a_outputs[a] = a / job.a_rows();
    a_shifts[a] = v * job.options.dilation.y;
    a_places[a] = (a_outputs[a] * k.c * k.h + v) * k.w;
  }
  Index* b_places = table + 3 * a_count;
  Index* b_offsets = b_places + job.b_count();
  for (Index b = 0; b < job.b_count(); ++b) {
    const Index u = b % k.w;
    const Index v = b / k.w % job.b_rows();
    const Index i = b / k.w / job.b_rows();
    b_places[b] = (i * k.h + v) * k.w + u;
    b_offsets[b] = (i * job.packed_rows + v * job.options.dilation.y) * job.row.size() +
                   job.row.offset(u, job.options.dilation.x);
  }
  job.a_places = a_places;
  job.a_outputs = a_outputs;
  job.a_shifts = a_shifts;
  job.b_places = b_places;
  job.b_offsets = b_offsets;
}

// Chooses the number of rows whose inputs and gradients stay in the second-level cache.
Index choose_band(const WeightJob& job, const Shape& small) {
  constexpr Index kBandFloats = Index{1} << 17;
  const Index row_floats = job.kernel.c * job.row.size() * job.options.stride.y +
                           job.outputs() * std::max<Index>(1, small.w);
  const Index fixed = job.kernel.c * job.row.size() * job.reach();
  const Index least = job.by_rows ? 2 * job.kernel.h : 2;
  return std::clamp<Index>((kBandFloats - fixed) / row_floats, std::min(least, small.h), small.h);
}

WeightJob make_job(const Tensor& large, const Tensor& small, const Conv2dOptions& o,
                   const Shape& kernel, Workspace& workspace, const std::stop_token& stop) {
  constexpr Index kSums = Index{1} << 20;
  constexpr Index kTasks = 32;
  const Shape& s = small.shape();
  const RowProductsBlocking blocking = row_products_blocking();
  const Index lanes = blocking.lanes;
  WeightJob job{large,
                small,
                o,
                kernel,
                blocking,
                packed_row(o, kernel.w, s.w, lanes),
                false,
                s.w % lanes != 0,
                blocks(s.w, lanes) * lanes,
                1,
                1,
                1,
                1,
                1,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                nullptr,
                stop};
  job.by_rows = job.outputs() < blocking.a && o.stride.y == 1;
  job.band_rows = choose_band(job, s);
  job.packed_rows = (job.band_rows - 1) * o.stride.y + job.reach() + 1;
  job.bands = blocks(s.h, job.band_rows);
  job.chunks = std::clamp<Index>(kSums / kernel.numel(), 1, std::min(kTasks, s.n * job.bands));
  job.splits = std::clamp<Index>(kTasks / (job.chunks * o.groups), 1, job.outputs());
  if (job.chunks >= kTasks / 4) job.splits = 1;
  job.sums = workspace.sums.get(job.chunks * kernel.numel());
  describe_pairs(job, workspace);
  return job;
}

// The memory of one thread: a row of zeros | rows of large | rows of small.
Band make_band(const WeightJob& job, WorkerScratch& scratch) {
  const Index zero = job.small_row;
  const Index large = job.kernel.c * job.packed_rows * job.row.size();
  const Index small = job.copy_small ? job.outputs() * job.band_rows * job.small_row : 0;
  float* floats = scratch.floats.get(zero + large + small);
  std::fill_n(floats, zero, 0.0f);
  std::fill_n(floats + zero + large, small, 0.0f);
  const Index a = job.most_steps() * job.a_count();
  const float** pointers = scratch.pointers.get(a + job.most_steps() * job.blocking.b);
  return {0, 0, 0, 0, floats + zero, floats + zero + large, floats, pointers, pointers + a};
}

}  // namespace

bool weight_path(const Tensor& large, const Tensor& small, const Conv2dOptions& options,
                 Tensor& grad_weight, Workspace& workspace, const std::stop_token& stop) {
  const Shape& s = small.shape();
  const Index weights = grad_weight.numel();
  grad_weight.fill(0.0f);
  if (small.numel() == 0) return !stop.stop_requested();
  const WeightJob job = make_job(large, small, options, grad_weight.shape(), workspace, stop);
  std::fill_n(job.sums, job.chunks * weights, 0.0);
  const Index tasks = options.groups * job.chunks * job.splits;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_band(job, workspace.of(w));
  auto chunk = [&](Index task, Index worker) {
    Band band = make_band(job, workspace.of(worker));
    const Index c = task / job.splits % job.chunks;
    band.group = task / job.splits / job.chunks;
    const Index all = s.n * job.bands;
    for (Index b = all * c / job.chunks; b < all * (c + 1) / job.chunks; ++b) {
      band.n = b / job.bands;
      band.y = b % job.bands * job.band_rows;
      band.rows = std::min(job.band_rows, s.h - band.y);
      add_band(job, band, task % job.splits, job.sums + c * weights);
    }
  };
  if (!run_tasks(tasks, workers, stop, chunk)) return false;
  for (Index w = 0; w < weights; ++w) {
    double sum = 0.0;
    for (Index c = 0; c < job.chunks; ++c)
      sum += job.sums[c * weights + w];
    grad_weight.data()[w] = static_cast<float>(sum);
  }
  return true;
}

}  // namespace convscope::engine::fast
