#include "engine/ops/fast/max_pool_grad_path.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/pool_kernels.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine::fast {
namespace {

// The range of indices to which the gradients of a band of output rows go.
struct IndexRange {
  Index least = std::numeric_limits<Index>::max();
  Index most = -1;
};

// The data that all bands of a max pooling's gradient share: each band is a run of output cells of
// a plane.
struct MaxJob {
  const Tensor& grad_output;
  std::span<const Index> indices;
  const Pool2dOptions* options;  // null where they are not known
  Tensor& grad_input;
  Index bands;          // bands of a plane
  Index* range_values;  // least and most index of each band of each plane

  Index planes() const { return grad_output.shape().n * grad_output.shape().c; }
  Index plane_cells() const { return grad_output.shape().h * grad_output.shape().w; }
  Index input_cells() const { return grad_input.shape().h * grad_input.shape().w; }
  Index first(Index band) const { return plane_cells() * band / bands; }
  Index& least(Index band_of_all) const { return range_values[2 * band_of_all]; }
  Index& most(Index band_of_all) const { return range_values[2 * band_of_all + 1]; }
};

MaxJob make_max_job(const Tensor& grad_output, std::span<const Index> indices,
                    const Pool2dOptions* options, Tensor& grad_input, Workspace& workspace) {
  constexpr Index kBandCells = Index{1} << 15;
  MaxJob job{grad_output, indices, options, grad_input, 1, nullptr};
  job.bands = std::max<Index>(1, job.plane_cells() / kBandCells);
  job.range_values = workspace.offsets.get(2 * job.planes() * job.bands);
  return job;
}

// Fills a band's share of grad_input with zeros and finds the range of its indices.
void prepare_band(const MaxJob& job, Index band_of_all) {
  const Index plane = band_of_all / job.bands;
  const Index band = band_of_all % job.bands;
  const Index cells = job.grad_input.shape().h * job.grad_input.shape().w;
  float* zeros = job.grad_input.data() + plane * cells;
  std::fill(zeros + cells * band / job.bands, zeros + cells * (band + 1) / job.bands, 0.0f);
  IndexRange range;
  const Index* index = job.indices.data() + plane * job.plane_cells();
  bool none = false;  // -1 stands for no cell; a smaller index is invalid and stays the least
  for (Index i = job.first(band); i < job.first(band + 1); ++i) {
    none |= index[i] == -1;
    range.least = std::min(range.least, index[i]);
    range.most = std::max(range.most, index[i]);
  }
  if (none && range.least == -1) range.least = 0;
  job.least(band_of_all) = range.least;
  job.most(band_of_all) = range.most;
}

// Returns whether a cell's window covers no input cell, so that its index belongs to no cell.
bool misses_input(const MaxJob& job, Index cell) {
  if (job.options == nullptr) return false;
  const Pool2dOptions& o = *job.options;
  const Shape& in = job.grad_input.shape();
  const Index width = job.grad_output.shape().w;
  return window_range(pool_rows(in, o), cell / width).empty() ||
         window_range(pool_columns(in, o), cell % width).empty();
}

void require_indices(const MaxJob& job) {
  const Shape& s = job.grad_input.shape();
  const Index cells = s.h * s.w;
  for (Index band = 0; band < job.planes() * job.bands; ++band) {
    if (job.most(band) < cells && job.least(band) >= 0) continue;
    const Index* index = job.indices.data() + band / job.bands * job.plane_cells();
    for (Index i = job.first(band % job.bands); i < job.first(band % job.bands + 1); ++i) {
      const bool outside = index[i] >= cells || index[i] < -1;
      if (outside && !misses_input(job, i))
        throw Error("index " + std::to_string(index[i]) + " lies outside input " + to_string(s) +
                    ": it must be from 0 to " + std::to_string(cells - 1) + ", or -1 for no cell");
    }
  }
}

// Returns whether alternate bands of a plane go to different cells, so that threads may add them at
// the same time.
bool alternate_bands_disjoint(const MaxJob& job) {
  for (Index plane = 0; plane < job.planes(); ++plane) {
    for (Index band = plane * job.bands; band + 2 < (plane + 1) * job.bands; ++band)
      if (job.most(band) >= job.least(band + 2)) return false;
  }
  return true;
}

void add_bands(const MaxJob& job, Index plane, Index begin, Index end) {
  const Index cells = job.grad_input.shape().h * job.grad_input.shape().w;
  const float* grad = job.grad_output.data() + plane * job.plane_cells();
  const Index* index = job.indices.data() + plane * job.plane_cells();
  float* to = job.grad_input.data() + plane * cells;
  for (Index i = job.first(begin); i < job.first(end); ++i)
    if (index[i] >= 0 && index[i] < cells) to[index[i]] += grad[i];
}

// Returns whether the windows may be pairs of rows and columns next to each other, as in
// pool_path.h.
bool may_be_pairs(const MaxJob& job) {
  const Shape& in = job.grad_input.shape();
  const Shape& out = job.grad_output.shape();
  return in.h / 2 == out.h && in.w / 2 == out.w &&
         job.input_cells() <= std::numeric_limits<std::int32_t>::max();
}

// Computes the gradient in one pass where each index is that of a cell of its pair of rows and
// columns. Sets `stopped` if stopped; returns false, with unspecified values, if so or where an
// index is another.
bool spread_all_pairs(const MaxJob& job, const std::stop_token& stop, bool& stopped) {
  constexpr Index kBandCells = Index{1} << 15;
  const Shape& in = job.grad_input.shape();
  const Shape& out = job.grad_output.shape();
  const Index rows = std::clamp<Index>(kBandCells / std::max<Index>(1, out.w), 1, out.h);
  const Index bands = (out.h + rows - 1) / rows;
  std::atomic<bool> met = true;
  auto band = [&](Index task, Index) {
    const Index plane = task / bands;
    const Index end = std::min(out.h, (task % bands + 1) * rows);
    float* to = job.grad_input.data() + plane * job.input_cells();
    for (Index y = task % bands * rows; y < end && met.load(std::memory_order_relaxed); ++y) {
      const Index cell = plane * job.plane_cells() + y * out.w;
      float* upper = to + 2 * y * in.w;
      if (!spread_pairs({job.grad_output.data() + cell, job.indices.data() + cell, out.w,
                         2 * y * in.w, in.w, upper, upper + in.w}))
        met = false;
      if (in.w % 2 != 0) upper[in.w - 1] = upper[2 * in.w - 1] = 0.0f;
    }
    if (end == out.h && in.h % 2 != 0) std::fill_n(to + (in.h - 1) * in.w, in.w, 0.0f);
  };
  stopped = !run_tasks(job.planes() * bands, worker_count(), stop, band);
  return !stopped && met;
}

}  // namespace

bool max_pool_grad(const Tensor& grad_output, std::span<const Index> indices,
                   const Pool2dOptions* options, Tensor& grad_input, Workspace& workspace,
                   const std::stop_token& stop) {
  const MaxJob job = make_max_job(grad_output, indices, options, grad_input, workspace);
  bool stopped = false;
  if (may_be_pairs(job) && spread_all_pairs(job, stop, stopped)) return true;
  if (stopped) return false;
  auto prepare = [&](Index task, Index) { prepare_band(job, task); };
  if (!run_tasks(job.planes() * job.bands, worker_count(), stop, prepare)) return false;
  require_indices(job);
  if (!alternate_bands_disjoint(job)) {
    auto whole = [&](Index plane, Index) { add_bands(job, plane, 0, job.bands); };
    return run_tasks(job.planes(), worker_count(), stop, whole);
  }
  for (const Index odd : {0, 1}) {
    const Index bands = (job.bands + 1 - odd) / 2;
    if (bands == 0) break;
    auto second = [&](Index task, Index) {
      const Index band = task % bands * 2 + odd;
      add_bands(job, task / bands, band, band + 1);
    };
    if (!run_tasks(job.planes() * bands, worker_count(), stop, second)) return false;
  }
  return true;
}

}  // namespace convscope::engine::fast
