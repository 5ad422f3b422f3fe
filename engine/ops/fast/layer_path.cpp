#include "engine/ops/fast/layer_path.h"

#include <algorithm>
#include <array>

#include "engine/core/parallel.h"
#include "engine/ops/fast/layer_kernels.h"
#include "engine/ops/fast/output_blocks.h"
#include "engine/ops/fast/packed_rows.h"

namespace convscope::engine::fast {
namespace {

// What all bands of one evaluation share: many data members, as what is worked out once is all
// here.
struct LayerJob {
  const Tensor& large;
  const Conv2dOptions options;  // padding.left is that of the window's first column
  Tensor& small;
  const CellRect window;  // the cells of small to compute
  const Shape kernel;
  std::span<const float> bias;
  LayerBlocking blocking;
  PackedRow row;
  Index band_rows;       // output rows of a task
  Index packed_rows;     // input rows under those
  const float* weights;  // for each group and block [C_in / groups * kh * kw][outputs of the block]
  const Index* taps;
  bool stream;
  const std::stop_token& stop;

  Index group_outputs() const { return kernel.n / options.groups; }
  Index tap_count() const { return kernel.c * kernel.h * kernel.w; }
};

const float* block_order(const Tensor& weight, Index groups, Index most, Buffer& buffer) {
  const Shape& k = weight.shape();
  const Index taps = k.c * k.h * k.w;
  const Index outputs = k.n / groups;
  float* to = buffer.get(k.numel());
  for (Index g = 0; g < groups; ++g) {
    for (Index block = 0; block < block_count(outputs, most); ++block) {
      const OutputRange range = block_range(outputs, most, block);
      const float* from = weight.row(g * outputs, 0, 0);
      for (Index t = 0; t < taps; ++t)
        for (Index o = range.begin; o < range.end; ++o)
          *to++ = from[o * taps + t];
    }
  }
  return to - k.numel();
}

// Chooses how many rows make a task: few enough to keep the packed input in the second-level cache,
// enough to be worth scheduling and not to copy the same rows too often.
Index choose_band(const Shape& kernel, const Conv2dOptions& o, const CellRect& window,
                  const PackedRow& row) {
  constexpr Index kBandWork = Index{1} << 21;
  constexpr Index kBandFloats = Index{1} << 16;
  const Index outputs = kernel.n / o.groups;
  const Index row_work = window.width() * outputs * kernel.c * kernel.h * kernel.w;
  const Index row_floats = std::max<Index>(1, kernel.c * row.size() * o.stride.y);
  const Index reach = o.dilation.y * (kernel.h - 1);
  const Index rows = std::max(kBandWork / std::max<Index>(1, row_work) + 1,
                              kBandFloats / row_floats - reach / o.stride.y);
  const Index most = std::clamp<Index>(rows, std::min<Index>(4, window.height()), window.height());
  if (most == window.height()) return most;
  // Gives every thread the same number of bands, so that none waits for the last.
  const Index workers = worker_count();
  const Index bands = ((window.height() + most - 1) / most + workers - 1) / workers * workers;
  return (window.height() + bands - 1) / bands;
}

const Index* tap_offsets(const LayerJob& job, Scratch<Index>& buffer) {
  Index* taps = buffer.get(job.tap_count());
  Index* at = taps;
  for (Index i = 0; i < job.kernel.c; ++i)
    for (Index v = 0; v < job.kernel.h; ++v)
      for (Index u = 0; u < job.kernel.w; ++u)
        *at++ = (i * job.packed_rows + v * job.options.dilation.y) * job.row.size() +
                job.row.offset(u, job.options.dilation.x);
  return taps;
}

LayerJob make_job(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                  Conv2dOptions o, Tensor& small, const CellRect& window, Workspace& workspace,
                  const std::stop_token& stop) {
  // An output of this size doesn't stay in the caches anyway.
  constexpr Index kStreamFloats = Index{1} << 22;
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  const LayerBlocking blocking = layer_blocking();
  o.padding.left -= window.left * o.stride.x;
  const PackedRow row = packed_row(o, k.w, window.width(), blocking.lanes);
  const Index band = choose_band(k, o, window, row);
  LayerJob job{large,
               o,
               small,
               window,
               k,
               bias,
               blocking,
               row,
               band,
               (band - 1) * o.stride.y + o.dilation.y * (k.h - 1) + 1,
               block_order(weight, o.groups, blocking.outputs, workspace.weights),
               nullptr,
               blocking.stream && window == whole(s) && s.w % blocking.lanes == 0 &&
                   s.numel() >= kStreamFloats,
               stop};
  job.taps = tap_offsets(job, workspace.offsets);
  return job;
}

// Packs the input rows under output rows [y, y + rows) of a group as [channel][packed_rows][row].
void pack_band(const LayerJob& job, Index n, Index group, Index y, Index rows, float* to) {
  const Conv2dOptions& o = job.options;
  const Index count = (rows - 1) * o.stride.y + o.dilation.y * (job.kernel.h - 1) + 1;
  pack_rows(job.large, o,
            {n, group * job.kernel.c, job.kernel.c, y * o.stride.y, count, job.packed_rows,
             job.kernel.w, job.window.width()},
            job.row, to);
}

// Computes columns [begin, end) of the window, of one row of all outputs of the group.
void row_part(const LayerJob& job, Index n, Index group, Index y, const float* in, Index begin,
              Index end) {
  const Index outputs = job.group_outputs();
  const float* weights = job.weights + group * outputs * job.tap_count();
  for (Index block = 0; block < block_count(outputs, job.blocking.outputs); ++block) {
    const OutputRange range = block_range(outputs, job.blocking.outputs, block);
    const Index first = group * outputs + range.begin;
    std::array<float*, kMaxLayerOutputs> out;
    for (Index o = 0; o < range.end - range.begin; ++o)
      out[static_cast<std::size_t>(o)] = job.small.row(n, first + o, y) + job.window.left;
    LayerBlock b{in,
                 job.taps,
                 job.tap_count(),
                 weights + range.begin * job.tap_count(),
                 job.bias.empty() ? nullptr : job.bias.data() + first,
                 out.data(),
                 range.end - range.begin,
                 job.stream};
    layer_block(b, begin, end);
  }
}

void one_band(const LayerJob& job, Index n, Index group, Index y, float* packed) {
  const Index rows = std::min(job.band_rows, job.window.bottom - y);
  const Index width = job.window.width();
  pack_band(job, n, group, y, rows, packed);
  for (Index r = 0; r < rows; ++r) {
    const float* in = packed + r * job.options.stride.y * job.row.size();
    for (Index x = 0; x < width; x += job.blocking.columns) {
      if (job.stop.stop_requested()) return;
      row_part(job, n, group, y + r, in, x, std::min(x + job.blocking.columns, width));
    }
  }
}

}  // namespace

bool layer_path(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                const Conv2dOptions& options, Tensor& small, Workspace& workspace,
                const std::stop_token& stop) {
  return layer_path(large, weight, bias, options, small, whole(small.shape()), workspace, stop);
}

bool layer_path(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                const Conv2dOptions& options, Tensor& small, const CellRect& window,
                Workspace& workspace, const std::stop_token& stop) {
  if (small.numel() == 0 || window.empty()) return !stop.stop_requested();
  const LayerJob job = make_job(large, weight, bias, options, small, window, workspace, stop);
  const Index bands = (window.height() + job.band_rows - 1) / job.band_rows;
  const Index tasks = small.shape().n * options.groups * bands;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  const Index floats = job.kernel.c * job.packed_rows * job.row.size();
  for (Index w = 0; w < workers; ++w)
    workspace.of(w).floats.get(floats);
  auto band = [&](Index task, Index worker) {
    const Index plane = task / bands;
    one_band(job, plane / options.groups, plane % options.groups,
             window.top + task % bands * job.band_rows, workspace.of(worker).floats.get(floats));
  };
  return run_tasks(tasks, workers, stop, band);
}

}  // namespace convscope::engine::fast
