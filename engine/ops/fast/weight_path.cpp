#include "engine/ops/fast/weight_path.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/ops/fast/weight_blocks.h"
#include "engine/ops/fast/weight_pairs.h"

namespace convscope::engine::fast {
namespace {

constexpr Index kTasks = 32;  // at most so many share the bands

// Divides the columns of small: those whose windows lie inside large are read in place, in whole
// vectors from a multiple of the lanes on (vectors that straddle the lines of the cache take twice
// as long to load), and only those on the sides through copies. Where many outputs share a copy it
// costs little, and keeps rows of several channels from competing for the same places of the cache.
void divide_columns(WeightJob& job) {
  const Conv2dOptions& o = job.options;
  const Index lanes = job.blocking.lanes;
  const Index width = job.small.shape().w;
  const auto add = [&](Index begin, Index end, bool copy_large, bool copy_small) {
    if (begin == end) return;
    job.parts[static_cast<std::size_t>(job.part_count++)] = {
        begin, end - begin, copy_large, copy_small,
        packed_row(o, job.kernel.w, end - begin, lanes)};
  };
  const Index reach = o.dilation.x * (job.kernel.w - 1);
  const Index begin = blocks(std::max<Index>(0, o.padding.left), lanes) * lanes;
  const Index end = std::min(width, job.large.shape().w + o.padding.left - reach);
  const Index inner = std::max<Index>(0, end - begin) / lanes * lanes;
  constexpr Index kWorthwhile = 8;  // vectors of a row
  const bool in_place = job.block_rows > 0 || (job.by_rows && o.stride.x == 1);
  if (!in_place || inner < kWorthwhile * lanes) return add(0, width, true, width % lanes != 0);
  add(0, begin, true, false);
  add(begin, begin + inner, false, false);
  add(begin + inner, width, true, (width - inner) % lanes != 0);
}

// Chooses the number of steps whose inputs and gradients stay in the second-level cache.
Index cached_steps(const WeightJob& job) {
  constexpr Index kBandFloats = Index{1} << 17;
  const Index width = std::max<Index>(1, job.small.shape().w);
  const Index large_row = job.channels() * width * job.options.stride.x;
  const Index small_row = job.outputs() * width;
  const Index fixed = job.reach() * (job.by_rows ? small_row : large_row);
  const Index all = large_row * job.step_rows() + small_row;
  return std::max<Index>(2, (kBandFloats - fixed) / all);
}

// Chooses the number of steps of a band. Of blocks that are read in place only the sides need to
// stay in a cache.
Index choose_band(const WeightJob& job) {
  constexpr Index kInPlaceSteps = 64;
  Index steps = cached_steps(job);
  if (job.block_rows > 0) {
    if (job.part_count > 1) steps = std::max(steps, kInPlaceSteps);
    steps = std::min(steps, job.small.shape().n * job.steps() / kTasks);
    steps = std::max<Index>(1, steps / job.block_rows) * job.block_rows;
  }
  return std::min(steps, job.steps());
}

WeightJob make_job(const Tensor& large, const Tensor& small, const Conv2dOptions& o,
                   const Shape& kernel, Workspace& workspace, const std::stop_token& stop) {
  constexpr Index kSums = Index{1} << 20;
  const Shape& s = small.shape();
  WeightJob job{large, small, o, kernel, row_products_blocking(), stop};
  job.block_rows = block_rows_for(large.shape(), s, kernel, o);
  job.by_rows = job.block_rows == 0 && job.outputs() < job.blocking.a && o.stride.y == 1;
  divide_columns(job);
  job.band_steps = choose_band(job);
  job.packed_rows = (job.band_steps - 1) * job.step_rows() + (job.by_rows ? 0 : job.reach()) + 1;
  job.bands = blocks(job.steps(), job.band_steps);
  job.chunks = std::clamp<Index>(kSums / kernel.numel(), 1, std::min(kTasks, s.n * job.bands));
  job.splits = std::clamp<Index>(kTasks / (job.chunks * o.groups), 1, job.outputs());
  if (job.chunks >= kTasks / 4) job.splits = 1;
  job.sums = workspace.sums.get(job.chunks * kernel.numel());
  if (job.block_rows == 0) describe_pairs(job, workspace);
  return job;
}

// The memory of one thread: a row of zeros | sums | rows of large | rows of small, and pointers.
Band make_band(const WeightJob& job, WorkerScratch& scratch) {
  Index zero = 0, large = 0, small = 0;
  for (const Part& part : job.used_parts()) {
    zero = std::max(zero, part.row.size());
    if (part.copy_large)
      large = std::max(large, job.channels() * job.packed_rows * part.row.size());
    if (part.copy_small)
      small = std::max(small, job.outputs() * job.small_rows() * whole_vectors(job, part.width));
  }
  const bool in_blocks = job.block_rows > 0;
  const Index sums = in_blocks ? job.kernel.h * job.kernel.w * job.blocking.lanes : 0;
  float* floats = scratch.floats.get(zero + sums + large + small);
  std::fill_n(floats, zero, 0.0f);
  // Blocks of rows also point beyond the band.
  const Index rows = job.channels() * job.packed_rows + 2 * job.block_rows;
  const Index a = in_blocks ? job.band_steps + 2 * job.block_rows : job.band_steps * job.a_count();
  const Index b = in_blocks ? 0 : job.band_steps * job.blocking.b;
  const float** pointers = scratch.pointers.get(rows + a + b);
  Band band;
  band.zero = floats;
  band.sums = floats + zero;
  band.large = band.sums + sums;
  band.small = band.large + large;
  band.large_rows = pointers;
  band.a = pointers + rows;
  band.b = band.a + a;
  return band;
}

void add_part(const WeightJob& job, const Band& band, const Part& part, Index split, double* sums) {
  const Index first = job.outputs() * split / job.splits;
  const Index last = job.outputs() * (split + 1) / job.splits;
  if (part.copy_small) copy_small(job, band, part, first, last);
  if (job.block_rows > 0)
    add_blocks(job, band, part, first, last, sums);
  else
    add_pairs(job, band, part, first, last, sums);
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
      band.first = b % job.bands * job.band_steps;
      band.steps = std::min(job.band_steps, job.steps() - band.first);
      for (const Part& part : job.used_parts())
        add_part(job, band, part, task % job.splits, job.sums + c * weights);
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
