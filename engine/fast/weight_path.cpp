#include "engine/fast/weight_path.h"

#include <algorithm>
#include <array>

#include "engine/fast/packed_rows.h"
#include "engine/fast/parallel.h"
#include "engine/fast/weight_kernels.h"

namespace convscope::fast {
namespace {

// Each weight's gradient is a sum of products of rows: of a row of small (output channel o) with a
// row of large (channel i, shifted by u columns), v rows below it. The rows are paired in one of
// two ways, as (o) with (i, v, u), or as (o, v) with (i, u) where there are few output channels:
// then a row of large meets the kernel-height rows of small above it.
struct WeightJob {
  const Tensor& large;
  const Tensor& small;
  const Conv2dOptions& options;
  Shape kernel;
  RowProductsBlocking blocking;
  PackedRow row;
  bool by_rows;       // (o, v) with (i, u)
  bool copy_small;    // its rows don't end with a whole vector
  Index small_row;    // floats of a copied row of small
  Index band_rows;    // rows of small in a band
  Index packed_rows;  // rows of large under them
  Index bands;        // in a plane
  Index chunks;       // sums that are added up on their own
  Index splits;       // tasks that share a chunk's output channels
  double* sums;       // [chunks][weights]
  const std::stop_token& stop;

  Index outputs() const { return kernel.n / options.groups; }
  Index a_rows() const { return by_rows ? kernel.h : 1; }  // kernel rows of a row of small
  Index b_rows() const { return by_rows ? 1 : kernel.h; }
  Index reach() const { return options.dilation.y * (kernel.h - 1); }
  Index most_steps() const { return by_rows ? band_rows + reach() : band_rows; }
};

// One band of one group of one picture, and a thread's scratch for it.
struct Band {
  Index n, group;
  Index y, rows;
  float* large;       // [channel][packed_rows][row]
  float* small;       // [output][band_rows][small_row], if copied
  const float* zero;  // a row of them
  const float** a;    // pointers for one call
  const float** b;
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

// Pairs a_begin <= a < a_end of (o, v) with b_begin <= b < b_end of (i, v, u).
struct Block {
  Index a_begin, a_end, b_begin, b_end;
};

void point_to_a(const WeightJob& job, const Band& band, const Block& k, Index steps) {
  const float** to = band.a;
  for (Index step = 0; step < steps; ++step)
    for (Index a = k.a_begin; a < k.a_end; ++a)
      *to++ =
          small_row(job, band, a / job.a_rows(), step - a % job.a_rows() * job.options.dilation.y);
}

void point_to_b(const WeightJob& job, const Band& band, const Block& k, Index steps) {
  const Conv2dOptions& o = job.options;
  const Index step_rows = job.by_rows ? 1 : o.stride.y;
  const float** to = band.b;
  for (Index step = 0; step < steps; ++step) {
    for (Index b = k.b_begin; b < k.b_end; ++b) {
      const Index u = b % job.kernel.w;
      const Index v = b / job.kernel.w % job.b_rows();
      const Index i = b / job.kernel.w / job.b_rows();
      *to++ = band.large +
              (i * job.packed_rows + step * step_rows + v * o.dilation.y) * job.row.size() +
              job.row.offset(u, o.dilation.x);
    }
  }
}

void add_block(const WeightJob& job, const Band& band, const Block& k, Index steps, double* sums) {
  std::array<double*, kMaxProducts> to{};
  auto at = to.begin();
  for (Index a = k.a_begin; a < k.a_end; ++a) {
    for (Index b = k.b_begin; b < k.b_end; ++b) {
      const Index v = a % job.a_rows() + b / job.kernel.w % job.b_rows();
      const Index i = b / job.kernel.w / job.b_rows();
      const Index o = band.group * job.outputs() + a / job.a_rows();
      *at++ = sums + ((o * job.kernel.c + i) * job.kernel.h + v) * job.kernel.w + b % job.kernel.w;
    }
  }
  row_products({band.a, band.b, k.a_end - k.a_begin, k.b_end - k.b_begin, steps,
                job.small.shape().w, to.data()});
}

void add_band(const WeightJob& job, const Band& band, Index split, double* sums) {
  const Index first = job.outputs() * split / job.splits;
  const Index last = job.outputs() * (split + 1) / job.splits;
  pack_band(job, band, first, last);
  const Index steps = job.by_rows ? band.rows + job.reach() : band.rows;
  const Index a_count = (last - first) * job.a_rows();
  const Index b_count = job.kernel.c * job.b_rows() * job.kernel.w;
  const Index a_blocks = blocks(a_count, job.blocking.a);
  const Index b_blocks = blocks(b_count, job.blocking.b);
  for (Index j = 0; j < b_blocks; ++j) {
    Block k{0, 0, b_count * j / b_blocks, b_count * (j + 1) / b_blocks};
    point_to_b(job, band, k, steps);
    for (Index i = 0; i < a_blocks; ++i) {
      if (job.stop.stop_requested()) return;
      k.a_begin = first * job.a_rows() + a_count * i / a_blocks;
      k.a_end = first * job.a_rows() + a_count * (i + 1) / a_blocks;
      point_to_a(job, band, k, steps);
      add_block(job, band, k, steps, sums);
    }
  }
}

// Rows whose inputs and gradients stay in the second-level cache.
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
                stop};
  job.by_rows = job.outputs() < blocking.a && o.stride.y == 1;
  job.band_rows = choose_band(job, s);
  job.packed_rows = (job.band_rows - 1) * o.stride.y + job.reach() + 1;
  job.bands = blocks(s.h, job.band_rows);
  job.chunks = std::clamp<Index>(kSums / kernel.numel(), 1, std::min(kTasks, s.n * job.bands));
  job.splits = std::clamp<Index>(kTasks / (job.chunks * o.groups), 1, job.outputs());
  if (job.chunks >= kTasks / 4) job.splits = 1;
  job.sums = workspace.sums.get(job.chunks * kernel.numel());
  return job;
}

// A thread's memory: a row of zeros | rows of large | rows of small.
Band make_band(const WeightJob& job, WorkerScratch& scratch) {
  const Index zero = job.small_row;
  const Index large = job.kernel.c * job.packed_rows * job.row.size();
  const Index small = job.copy_small ? job.outputs() * job.band_rows * job.small_row : 0;
  float* floats = scratch.floats.get(zero + large + small);
  std::fill_n(floats, zero, 0.0f);
  std::fill_n(floats + zero + large, small, 0.0f);
  const Index a = job.most_steps() * job.blocking.a;
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

}  // namespace convscope::fast
