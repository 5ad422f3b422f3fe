#include "engine/ops/fast/pool_grad_path.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/pool_kernels.h"
#include "engine/ops/fast/row_kernels.h"
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

// The data that all bands of an average pooling's gradient share. As in spread_path.cpp, position p
// of the padded row is covered by the window columns u with u % stride == p % stride, each from
// output column p / stride - u / stride.
struct AverageJob {
  const Tensor& grad_output;
  const Pool2dOptions& options;
  Tensor& grad_input;
  Index reach;        // output columns before p / stride that cover position p
  Index first;        // p / stride of the first column
  Index steps;        // number of values of p / stride
  Index band_rows;    // rows of grad_input in a task
  Index spread_rows;  // most rows of grad_output that cover them
  float* divisors;    // one for each output column

  Index width() const { return grad_input.shape().w; }
  Index share_size() const { return reach + std::max(steps, grad_output.shape().w - first); }
};

AverageJob make_average_job(const Tensor& grad_output, const Pool2dOptions& o, Tensor& grad_input,
                            Workspace& workspace) {
  constexpr Index kBandFloats = Index{1} << 15;
  const Shape& in = grad_input.shape();
  const Shape& out = grad_output.shape();
  AverageJob job{
      grad_output, o, grad_input, (o.kernel.x - 1) / o.stride.x, o.padding.left / o.stride.x,
      0,           0, 0,          workspace.shared.get(out.w)};
  job.steps = (o.padding.left + in.w - 1) / o.stride.x - job.first + 1;
  job.band_rows = std::clamp<Index>(kBandFloats / std::max<Index>(1, in.w), 1, in.h);
  job.spread_rows = (job.band_rows + o.kernel.y) / o.stride.y + 2;
  for (Index x = 0; x < out.w; ++x) {
    const WindowRange r = window_range(pool_columns(in, o), x);
    const Index cells = o.count_include_pad ? r.padded : r.end - r.begin;
    job.divisors[x] =
        o.divisor_override != 0 ? 1.0f : static_cast<float>(std::max<Index>(1, cells));
  }
  return job;
}

// The memory of one thread.
struct AverageScratch {
  float* share;   // a row of grad_output, divided, with zeros on both sides
  float* phases;  // [stride][steps]
  float* spread;  // [spread_rows][width]
  const float** phase_rows;
  const float** pointers;
};

AverageScratch make_scratch(const AverageJob& job, WorkerScratch& worker) {
  const Index share = job.share_size();
  const Index phases = job.options.stride.x * job.steps;
  float* floats = worker.floats.get(share + phases + job.spread_rows * job.width());
  const Index stride = job.options.stride.x;
  const float** pointers = worker.pointers.get(stride + std::max(job.reach + 1, job.spread_rows));
  return {floats, floats + share, floats + share + phases, pointers, pointers + stride};
}

// Spreads one row of grad_output over the columns of grad_input.
void spread_average_row(const AverageJob& job, const float* grad, float divisor,
                        const AverageScratch& scratch, float* to) {
  const Pool2dOptions& o = job.options;
  const Index width = job.grad_output.shape().w;
  float* begin = scratch.share + job.reach;  // the place of column job.first
  std::fill_n(scratch.share, job.share_size(), 0.0f);
  const Index skipped = std::max<Index>(0, job.first - job.reach);
  divide_row(grad + skipped, job.divisors + skipped, divisor, width - skipped,
             begin + (skipped - job.first));
  for (Index phase = 0; phase < o.stride.x; ++phase) {
    Index taps = 0;
    for (Index u = phase; u < o.kernel.x; u += o.stride.x)
      scratch.pointers[taps++] = begin - u / o.stride.x;
    float* sums = scratch.phases + phase * job.steps;
    scratch.phase_rows[phase] = taps == 1 ? scratch.pointers[0] : sums;
    if (taps != 1) sum_rows(scratch.pointers, taps, job.steps, sums);
  }
  interleave_row(scratch.phase_rows, o.stride.x, o.padding.left % o.stride.x, job.width(), to);
}

// Rows [begin, end) of grad_output.
struct Rows {
  Index begin, end;
};
// Returns the rows of grad_output whose windows cover rows [begin, end) of grad_input.
Rows output_rows_covering(const AverageJob& job, Index begin, Index end) {
  const Pool2dOptions& o = job.options;
  const Index height = job.grad_output.shape().h;
  const Index above = begin + o.padding.top -
                      o.kernel.y;  // first padded row of the last window that ends before `begin`
  return {above < 0 ? 0 : std::min(above / o.stride.y + 1, height),
          std::min((end - 1 + o.padding.top) / o.stride.y + 1, height)};
}

float row_divisor(const AverageJob& job, Index y) {
  const Pool2dOptions& o = job.options;
  if (o.divisor_override != 0) return static_cast<float>(o.divisor_override);
  const WindowRange r = window_range(pool_rows(job.grad_input.shape(), o), y);
  return static_cast<float>(std::max<Index>(1, o.count_include_pad ? r.padded : r.end - r.begin));
}

// Computes rows [begin, end) of a plane of grad_input where no row is covered by two windows: each
// is spread where it belongs, and copied to the others below its window.
void disjoint_band(const AverageJob& job, Index plane, Index begin, Index end,
                   const AverageScratch& scratch) {
  const Shape& in = job.grad_input.shape();
  const Shape& out = job.grad_output.shape();
  Index last = -1;
  const float* spread = nullptr;
  for (Index iy = begin; iy < end; ++iy) {
    float* to = job.grad_input.data() + (plane * in.h + iy) * in.w;
    const Rows rows = output_rows_covering(job, iy, iy + 1);
    if (rows.begin >= rows.end) {
      std::fill_n(to, in.w, 0.0f);
    } else if (rows.begin == last) {
      std::copy_n(spread, in.w, to);
    } else {
      last = rows.begin;
      spread = to;
      spread_average_row(job, job.grad_output.data() + (plane * out.h + last) * out.w,
                         row_divisor(job, last), scratch, to);
    }
  }
}

// Computes rows [begin, end) of a plane of grad_input.
void average_band(const AverageJob& job, Index plane, Index begin, Index end,
                  const AverageScratch& scratch) {
  if (job.options.kernel.y <= job.options.stride.y)
    return disjoint_band(job, plane, begin, end, scratch);
  const Shape& in = job.grad_input.shape();
  const Shape& out = job.grad_output.shape();
  const Rows all = output_rows_covering(job, begin, end);
  const auto spread = [&](Index y) { return scratch.spread + (y - all.begin) * in.w; };
  for (Index y = all.begin; y < all.end; ++y)
    spread_average_row(job, job.grad_output.data() + (plane * out.h + y) * out.w,
                       row_divisor(job, y), scratch, spread(y));
  for (Index iy = begin; iy < end; ++iy) {
    Index count = 0;
    const Rows rows = output_rows_covering(job, iy, iy + 1);
    for (Index y = rows.begin; y < rows.end; ++y)
      scratch.pointers[count++] = spread(y);
    sum_rows(scratch.pointers, count, in.w, job.grad_input.data() + (plane * in.h + iy) * in.w);
  }
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

bool average_pool_grad(const Tensor& grad_output, const Pool2dOptions& options, Tensor& grad_input,
                       Workspace& workspace, const std::stop_token& stop) {
  const Shape& s = grad_input.shape();
  if (s.numel() == 0) return !stop.stop_requested();
  const AverageJob job = make_average_job(grad_output, options, grad_input, workspace);
  const Index bands = (s.h + job.band_rows - 1) / job.band_rows;
  const Index tasks = s.n * s.c * bands;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto band = [&](Index task, Index worker) {
    const Index begin = task % bands * job.band_rows;
    average_band(job, task / bands, begin, std::min(begin + job.band_rows, s.h),
                 make_scratch(job, workspace.of(worker)));
  };
  return run_tasks(tasks, workers, stop, band);
}

}  // namespace convscope::engine::fast
