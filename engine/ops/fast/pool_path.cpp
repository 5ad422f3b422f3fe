#include "engine/ops/fast/pool_path.h"

#include <algorithm>
#include <limits>

#include "engine/core/parallel.h"
#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/pool_kernels.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine::fast {
namespace {

// Returns the number of output rows of a task.
Index band_rows(const CellRect& window, Index row_work) {
  constexpr Index kBandWork = Index{1} << 17;
  return std::clamp<Index>(kBandWork / std::max<Index>(1, row_work), 1, window.height());
}

// Calls rows(plane, begin, end, worker) for bands of the window's rows.
template <typename Rows>
bool for_each_band(const CellRect& window, Index planes, Index rows_of_band, Index workers,
                   const std::stop_token& stop, const Rows& rows) {
  const Index bands = (window.height() + rows_of_band - 1) / rows_of_band;
  auto work = [&](Index task, Index worker) {
    const Index y = window.top + task % bands * rows_of_band;
    rows(task / bands, y, std::min(y + rows_of_band, window.bottom), worker);
  };
  return run_tasks(planes * bands, workers, stop, work);
}

// What all bands of one evaluation share: many data members, as what is worked out once is all
// here.
struct TapsJob {
  const Tensor& input;
  const Pool2dOptions& options;
  Tensor& output;
  Index* indices;
  CellRect window;
  Conv2dOptions as_conv;  // options of a convolution with the same windows, for packing
  PackedRow row;
  Index rows, packed_rows;  // output rows and packed input rows of a band
  float padding;            // the value of the padding
  std::int32_t* corners;
  std::int32_t* starts;
  std::int32_t* offsets;
  float* divisors;
};

void describe_columns(const TapsJob& job, Index columns) {
  const Pool2dOptions& o = job.options;
  const PoolAxis axis = pool_columns(job.input.shape(), o);
  for (Index i = 0; i < columns; ++i) {
    const Index x = job.window.left + i;
    const WindowRange r = window_range(axis, x);
    job.corners[i] = static_cast<std::int32_t>(x * o.stride.x - o.padding.left);
    job.starts[i] = static_cast<std::int32_t>(r.begin);
    const Index cells = o.count_include_pad ? r.padded : r.end - r.begin;
    job.divisors[i] = static_cast<float>(std::max<Index>(1, cells));
    if (o.divisor_override != 0) job.divisors[i] = static_cast<float>(o.divisor_override);
  }
}

TapsJob make_job(const Tensor& input, const Pool2dOptions& o, Tensor& output, Index* indices,
                 const CellRect& window, Workspace& workspace) {
  Conv2dOptions conv;
  conv.stride = o.stride;
  conv.dilation = o.dilation;
  conv.padding = {o.padding.top, o.padding.left - window.left * o.stride.x, 0, 0};
  const Index lanes = pool_lanes();
  const Index columns = (window.width() + lanes - 1) / lanes * lanes;
  const Index rows = band_rows(window, window.width() * o.kernel.y * o.kernel.x);
  std::int32_t* ints = workspace.ints.get(2 * columns + o.kernel.y * o.kernel.x);
  TapsJob job{input,
              o,
              output,
              indices,
              window,
              conv,
              packed_row(conv, o.kernel.x, window.width(), lanes),
              rows,
              (rows - 1) * o.stride.y + o.dilation.y * (o.kernel.y - 1) + 1,
              o.kind == PoolKind::kMax ? -std::numeric_limits<float>::infinity() : 0.0f,
              ints,
              ints + columns,
              ints + 2 * columns,
              workspace.shared.get(columns)};
  describe_columns(job, columns);
  for (Index v = 0; v < o.kernel.y; ++v)
    for (Index u = 0; u < o.kernel.x; ++u)
      job.offsets[v * o.kernel.x + u] =
          static_cast<std::int32_t>(v * o.dilation.y * input.shape().w + u * o.dilation.x);
  return job;
}

// Sets the index of each window that covers no input cell to -1. With large padding any window may
// be one.
void clear_missing_indices(const TapsJob& job, const WindowRange& rows, Index* indices) {
  const PoolAxis axis = pool_columns(job.input.shape(), job.options);
  for (Index i = 0; i < job.window.width(); ++i)
    if (rows.empty() || window_range(axis, job.window.left + i).empty()) indices[i] = -1;
}

void one_row(const TapsJob& job, Index plane, Index y, const float* packed, const float** taps,
             std::int32_t* offsets) {
  const Pool2dOptions& o = job.options;
  const Shape& in = job.input.shape();
  const Shape& out = job.output.shape();
  const WindowRange r = window_range(pool_rows(in, o), y);
  TapsRow row;
  row.taps = taps;
  row.width = job.window.width();
  const Index at = (plane * out.h + y) * out.w + job.window.left;
  row.out = job.output.data() + at;
  const Index corner = (y * o.stride.y - o.padding.top) * in.w;
  for (Index v = 0; v < o.kernel.y; ++v) {
    for (Index u = 0; u < o.kernel.x; ++u) {
      taps[row.tap_count] =
          packed + v * o.dilation.y * job.row.size() + job.row.offset(u, o.dilation.x);
      offsets[row.tap_count++] =
          job.offsets[v * o.kernel.x + u] + static_cast<std::int32_t>(corner);
    }
  }
  if (o.kind == PoolKind::kMax) {
    row.offsets = offsets;
    row.corners = job.corners;
    row.starts = job.starts;
    row.start = static_cast<std::int32_t>(r.begin * in.w);
    row.indices = job.indices == nullptr ? nullptr : job.indices + at;
    max_taps(row);
    if (row.indices != nullptr && has_large_padding(o)) clear_missing_indices(job, r, row.indices);
    return;
  }
  const Index cells = o.count_include_pad ? r.padded : r.end - r.begin;
  row.divisor = o.divisor_override != 0 ? 1.0f : static_cast<float>(std::max<Index>(1, cells));
  row.divisors = job.divisors;
  average_taps(row);
}

}  // namespace

bool pool_pairs_fits(const Shape& input, const Shape& output, const Pool2dOptions& o) {
  return o.kernel == Yx{2, 2} && o.stride == Yx{2, 2} && o.padding == Padding{} &&
         o.dilation == Yx{1, 1} && 2 * output.h <= input.h && 2 * output.w <= input.w &&
         input.h * input.w <= std::numeric_limits<std::int32_t>::max();
}

bool pool_pairs(const Tensor& input, const Pool2dOptions& o, Tensor& output, Index* indices,
                const CellRect& window, const std::stop_token& stop) {
  if (output.numel() == 0 || window.empty()) return !stop.stop_requested();
  const Shape& in = input.shape();
  const Shape& out = output.shape();
  const float divisor = o.divisor_override != 0 ? static_cast<float>(o.divisor_override) : 4.0f;
  return for_each_band(window, out.n * out.c, band_rows(window, 4 * window.width()), worker_count(),
                       stop, [&](Index plane, Index begin, Index end, Index) {
                         const Index corner = 2 * (begin * in.w + window.left);
                         const Index at = (plane * out.h + begin) * out.w + window.left;
                         const PairsRows pairs{input.data() + plane * in.h * in.w + corner,
                                               in.w,
                                               output.data() + at,
                                               out.w,
                                               indices == nullptr ? nullptr : indices + at,
                                               end - begin,
                                               window.width(),
                                               static_cast<std::int32_t>(corner),
                                               divisor};
                         if (o.kind == PoolKind::kMax)
                           max_pairs(pairs);
                         else
                           average_pairs(pairs);
                       });
}

bool pool_taps_fits(const Shape& input, const Pool2dOptions& o) {
  const Padding& p = o.padding;
  const Index height = input.h + p.top + p.bottom + o.dilation.y * o.kernel.y + o.stride.y;
  const Index width = input.w + p.left + p.right + o.dilation.x * o.kernel.x + o.stride.x;
  return height <= std::numeric_limits<std::int32_t>::max() / (2 * width);
}

bool pool_taps(const Tensor& input, const Pool2dOptions& o, Tensor& output, Index* indices,
               const CellRect& window, Workspace& workspace, const std::stop_token& stop) {
  if (output.numel() == 0 || window.empty()) return !stop.stop_requested();
  const TapsJob job = make_job(input, o, output, indices, window, workspace);
  const Shape& s = output.shape();
  const Index taps = o.kernel.y * o.kernel.x;
  const Index bands = (window.height() + job.rows - 1) / job.rows;
  const Index workers = std::min(worker_count(), s.n * s.c * bands);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w) {
    workspace.of(w).floats.get(job.packed_rows * job.row.size());
    workspace.of(w).pointers.get(taps);
    workspace.of(w).ints.get(taps);
  }
  return for_each_band(
      window, s.n * s.c, job.rows, workers, stop,
      [&](Index plane, Index begin, Index end, Index worker) {
        WorkerScratch& scratch = workspace.of(worker);
        float* packed = scratch.floats.get(job.packed_rows * job.row.size());
        const Index count = (end - begin - 1) * o.stride.y + o.dilation.y * (o.kernel.y - 1) + 1;
        pack_rows(input, job.as_conv,
                  {plane / s.c, plane % s.c, 1, begin * o.stride.y, count, job.packed_rows,
                   o.kernel.x, window.width(), job.padding},
                  job.row, packed);
        for (Index y = begin; y < end; ++y)
          one_row(job, plane, y, packed + (y - begin) * o.stride.y * job.row.size(),
                  scratch.pointers.get(taps), scratch.ints.get(taps));
      });
}

}  // namespace convscope::engine::fast
