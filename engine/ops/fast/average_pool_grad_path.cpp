#include "engine/ops/fast/average_pool_grad_path.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/ops/fast/pool_kernels.h"
#include "engine/ops/fast/pool_path.h"
#include "engine/ops/fast/row_kernels.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine::fast {
namespace {

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

// Computes the gradient where the windows are pairs of rows and columns next to each other, as in
// pool_path.h: each value is written to its four cells at once.
bool spread_average_pairs(const Tensor& grad_output, const Pool2dOptions& options,
                          Tensor& grad_input, const std::stop_token& stop) {
  constexpr Index kBandCells = Index{1} << 15;
  const Shape& in = grad_input.shape();
  const Shape& out = grad_output.shape();
  const float divisor =
      options.divisor_override != 0 ? static_cast<float>(options.divisor_override) : 4.0f;
  const Index rows = std::clamp<Index>(kBandCells / std::max<Index>(1, out.w), 1, out.h);
  const Index bands = (out.h + rows - 1) / rows;
  auto band = [&](Index task, Index) {
    const Index plane = task / bands;
    const Index begin = task % bands * rows;
    const Index end = std::min(out.h, begin + rows);
    float* to = grad_input.data() + plane * in.h * in.w;
    average_pairs_gradient({grad_output.data() + (plane * out.h + begin) * out.w, out.w,
                            to + 2 * begin * in.w, in.w, end - begin, divisor});
    if (end == out.h) std::fill(to + 2 * end * in.w, to + in.h * in.w, 0.0f);
  };
  return run_tasks(in.n * in.c * bands, worker_count(), stop, band);
}

}  // namespace

bool average_pool_grad(const Tensor& grad_output, const Pool2dOptions& options, Tensor& grad_input,
                       Workspace& workspace, const std::stop_token& stop) {
  const Shape& s = grad_input.shape();
  if (s.numel() == 0) return !stop.stop_requested();
  if (grad_output.numel() != 0 && pool_pairs_fits(s, grad_output.shape(), options))
    return spread_average_pairs(grad_output, options, grad_input, stop);
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
