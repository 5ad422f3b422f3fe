#include "engine/ops/fast/spread_path.h"

#include <algorithm>
#include <array>

#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/layer_kernels.h"
#include "engine/ops/fast/output_blocks.h"
#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/row_kernels.h"

namespace convscope::engine::fast {
namespace {

// One axis. Position p of the padded large (0 is the first padding cell) is reached by the taps t
// with t * dilation % stride == p % stride, each from cell p / stride - t * dilation / stride of
// small. The positions [begin, end) are computed.
struct Axis {
  Index stride, dilation, kernel;
  Index before;  // padding cells before the plane
  Index begin, end;

  Index reach() const { return dilation * (kernel - 1) / stride; }
  Index first() const { return begin / stride; }
  Index steps() const { return (end - 1) / stride - first() + 1; }
  Index phase_of(Index tap) const { return tap * dilation % stride; }
};

// What all rows of one evaluation share: many data members, as what is worked out once is all here.
struct SpreadJob {
  const Tensor& small;
  Tensor& large;
  const Conv2dOptions& options;
  const Shape kernel;
  std::span<const float> bias;
  LayerBlocking blocking;
  Axis y, x;
  PackedRow row;           // layout of a row of small
  Index out_row;           // floats of a phase's row
  Index band_rows;         // rows of the padded large in a task
  Index packed_rows;       // rows of small under those
  const float* weights;    // [group][block of outputs][phase][tap][output]
  const Index* taps;       // [phase][tap], offsets in the packed rows of small
  const Index* first_tap;  // of each phase, then the end
  const std::stop_token& stop;

  Index phases() const { return y.stride * x.stride; }
  Index inputs() const { return kernel.n / options.groups; }
  Index tap_count() const { return inputs() * kernel.h * kernel.w; }
  bool folds() const { return options.padding_mode != PaddingMode::kZeros; }
};

// The memory of one thread.
struct SpreadScratch {
  float* packed;  // [input][packed_rows][row]
  float* phases;  // [x.stride][output][out_row]
  float* padded;  // a row of the padded large
  const float** pointers;
};

SpreadScratch make_scratch(const SpreadJob& job, WorkerScratch& worker) {
  const Index packed = job.inputs() * job.packed_rows * job.row.size();
  const Index phases = job.x.stride * job.blocking.outputs * job.out_row;
  float* floats = worker.floats.get(packed + phases + job.x.end);
  return {floats, floats + packed, floats + packed + phases, worker.pointers.get(job.x.stride)};
}

// Calls tap(s, v, u) for the taps of a phase, in the order of the weights.
template <typename Tap>
void for_each_tap(const SpreadJob& job, Index phase, const Tap& tap) {
  for (Index s = 0; s < job.inputs(); ++s) {
    for (Index v = 0; v < job.kernel.h; ++v) {
      if (job.y.phase_of(v) != phase / job.x.stride) continue;
      for (Index u = 0; u < job.kernel.w; ++u)
        if (job.x.phase_of(u) == phase % job.x.stride) tap(s, v, u);
    }
  }
}

void describe_taps(SpreadJob& job, Workspace& workspace) {
  Index* first = workspace.offsets.get(job.phases() + 1 + job.tap_count());
  Index* taps = first + job.phases() + 1;
  Index count = 0;
  for (Index phase = 0; phase < job.phases(); ++phase) {
    first[phase] = count;
    for_each_tap(job, phase, [&](Index s, Index v, Index u) {
      const Index r = job.y.reach() - v * job.y.dilation / job.y.stride;
      const Index c = job.x.reach() - u * job.x.dilation / job.x.stride;
      taps[count++] = (s * job.packed_rows + r) * job.row.size() + c;
    });
  }
  first[job.phases()] = count;
  job.first_tap = first;
  job.taps = taps;
}

void order_weights(SpreadJob& job, const Tensor& weight, Workspace& workspace) {
  float* to = workspace.weights.get(job.kernel.numel());
  job.weights = to;
  const Index outputs = job.kernel.c;
  for (Index g = 0; g < job.options.groups; ++g) {
    for (Index block = 0; block < block_count(outputs, job.blocking.outputs); ++block) {
      const OutputRange range = block_range(outputs, job.blocking.outputs, block);
      for (Index phase = 0; phase < job.phases(); ++phase)
        for_each_tap(job, phase, [&](Index s, Index v, Index u) {
          for (Index i = range.begin; i < range.end; ++i)
            *to++ = weight.at(g * job.inputs() + s, i, v, u);
        });
    }
  }
}

// Chooses how many rows make a task: few enough to keep the packed rows of small in the
// second-level cache, and enough to be worth scheduling.
Index choose_band(const SpreadJob& job) {
  constexpr Index kBandWork = Index{1} << 21;
  constexpr Index kBandFloats = Index{1} << 16;
  const Index row_work = job.x.steps() * job.kernel.c * job.tap_count() / job.y.stride;
  const Index small_rows = kBandFloats / (job.inputs() * job.row.size()) - job.y.reach();
  const Index rows =
      std::max(kBandWork / std::max<Index>(1, row_work) + 1, small_rows * job.y.stride);
  const Index all = job.y.end - job.y.begin;
  return std::clamp<Index>(rows, std::min<Index>(4, all), all);
}

SpreadJob make_job(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                   const Conv2dOptions& o, Tensor& large, Workspace& workspace,
                   const std::stop_token& stop) {
  const Shape& k = weight.shape();
  const Shape& l = large.shape();
  const Padding& p = o.padding;
  const bool ring = o.padding_mode != PaddingMode::kZeros;
  const LayerBlocking blocking = layer_blocking();
  const Axis y{o.stride.y, o.dilation.y, k.h, p.top, p.top, p.top + l.h};
  const Axis x{o.stride.x, o.dilation.x,      k.w,
               p.left,     ring ? 0 : p.left, p.left + l.w + (ring ? p.right : 0)};
  const PackedRow row = packed_row({}, x.reach() + 1, x.steps(), blocking.lanes);
  SpreadJob job{small, large,      o, k, bias,    blocking, y,       x,
                row,   row.size(), 0, 0, nullptr, nullptr,  nullptr, stop};
  job.band_rows = choose_band(job);
  job.packed_rows = (job.band_rows + y.stride - 2) / y.stride + 1 + y.reach();
  describe_taps(job, workspace);
  order_weights(job, weight, workspace);
  return job;
}

// Packs the rows of small that reach rows [begin, end) of the padded large. Returns the position of
// the first packed row, in steps of the stride.
Index pack_band(const SpreadJob& job, Index n, Index group, Index begin, Index end, float* to) {
  const Index first = begin / job.y.stride;
  const Index count = (end - 1) / job.y.stride - first + 1 + job.y.reach();
  Conv2dOptions as_conv;
  as_conv.padding = {job.y.reach(), job.x.reach() - job.x.first(), 0, 0};
  pack_rows(job.small, as_conv,
            {n, group * job.inputs(), job.inputs(), first, count, job.packed_rows,
             job.x.reach() + 1, job.x.steps()},
            job.row, to);
  return first;
}

// Adds a row of the padded large to the row it is a copy of, and its sides to the cells they are
// copies of. The first call for a row overwrites it instead.
void fold_row(const SpreadJob& job, const float* padded, bool first_time, float* to) {
  const Index left = job.x.before;
  const Index width = job.large.shape().w;
  if (first_time)
    std::copy_n(padded + left, width, to);
  else
    add_row(padded + left, width, to);
  const auto add = [&](Index p) {
    to[padding_source(p - left, width, job.options.padding_mode)] += padded[p];
  };
  for (Index p = 0; p < left; ++p)
    add(p);
  for (Index p = left + width; p < job.x.end; ++p)
    add(p);
}

struct RowTarget {
  Index n, group, block;
  Index place;  // row of the padded large
  Index row;    // row of large that it belongs to
  bool first_time = true;
};

// Computes one row of one block of outputs; `in` is the packed row of small for it.
void spread_row(const SpreadJob& job, const RowTarget& t, const float* in,
                const SpreadScratch& scratch) {
  const Index outputs = job.kernel.c;
  const OutputRange range = block_range(outputs, job.blocking.outputs, t.block);
  const Index first = t.group * outputs + range.begin;
  const Index count = range.end - range.begin;
  const Index offset = job.x.begin % job.x.stride;
  const bool direct = job.x.stride == 1 && !job.folds();
  const float* weights = job.weights + (t.group * outputs + range.begin) * job.tap_count();
  const Index row_phase = t.place % job.y.stride * job.x.stride;
  for (Index c = 0; c < job.x.stride; ++c) {
    const Index begin = job.first_tap[row_phase + c];
    std::array<float*, kMaxLayerOutputs> out;
    for (Index o = 0; o < count; ++o)
      out[static_cast<std::size_t>(o)] =
          direct ? job.large.row(t.n, first + o, t.row)
                 : scratch.phases + (c * job.blocking.outputs + o) * job.out_row;
    layer_block(
        {in, job.taps + begin, job.first_tap[row_phase + c + 1] - begin, weights + begin * count,
         job.bias.empty() ? nullptr : job.bias.data() + first, out.data(), count},
        0, job.x.steps());
  }
  if (direct) return;
  for (Index o = 0; o < count; ++o) {
    for (Index c = 0; c < job.x.stride; ++c)
      scratch.pointers[c] = scratch.phases + (c * job.blocking.outputs + o) * job.out_row;
    float* to = job.large.row(t.n, first + o, t.row);
    interleave_row(scratch.pointers, job.x.stride, offset, job.x.end - job.x.begin,
                   job.folds() ? scratch.padded : to);
    if (job.folds()) fold_row(job, scratch.padded, t.first_time, to);
  }
}

// Computes rows [begin, end) of the padded large, which lie in large itself.
void inner_band(const SpreadJob& job, Index n, Index group, Index begin, Index end,
                const SpreadScratch& scratch) {
  const Index first = pack_band(job, n, group, begin, end, scratch.packed);
  const Index blocks = block_count(job.kernel.c, job.blocking.outputs);
  for (Index place = begin; place < end; ++place) {
    const float* in = scratch.packed + (place / job.y.stride - first) * job.row.size();
    for (Index block = 0; block < blocks; ++block) {
      if (job.stop.stop_requested()) return;
      spread_row(job, {n, group, block, place, place - job.y.before}, in, scratch);
    }
  }
}

// Computes rows [begin, end), which lie in the padding, and adds them to the rows they are copies
// of.
void ring_rows(const SpreadJob& job, RowTarget target, Index begin, Index end,
               const SpreadScratch& scratch) {
  for (Index y = begin; y < end; y += job.band_rows) {
    const Index stop = std::min(y + job.band_rows, end);
    const Index first = pack_band(job, target.n, target.group, y, stop, scratch.packed);
    for (target.place = y; target.place < stop; ++target.place) {
      if (job.stop.stop_requested()) return;
      target.row = padding_source(target.place - job.y.before, job.large.shape().h,
                                  job.options.padding_mode);
      spread_row(job, target,
                 scratch.packed + (target.place / job.y.stride - first) * job.row.size(), scratch);
    }
  }
}

}  // namespace

bool spread_path(const Tensor& small, const Tensor& weight, std::span<const float> bias,
                 const Conv2dOptions& options, Tensor& large, Workspace& workspace,
                 const std::stop_token& stop) {
  assert(bias.empty() || options.padding_mode == PaddingMode::kZeros);
  if (large.numel() == 0) return !stop.stop_requested();
  const SpreadJob job = make_job(small, weight, bias, options, large, workspace, stop);
  const Index bands = (large.shape().h + job.band_rows - 1) / job.band_rows;
  const Index planes = small.shape().n * options.groups;
  const Index blocks = block_count(job.kernel.c, job.blocking.outputs);
  const Index workers = std::min(worker_count(), planes * std::max(bands, blocks));
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto inner = [&](Index task, Index worker) {
    const Index begin = job.y.begin + task % bands * job.band_rows;
    inner_band(job, task / bands / options.groups, task / bands % options.groups, begin,
               std::min(begin + job.band_rows, job.y.end), make_scratch(job, workspace.of(worker)));
  };
  if (!run_tasks(planes * bands, workers, stop, inner)) return false;
  if (!job.folds()) return true;
  // Several rows of the padding may be copies of one row of large, so a block of outputs is one
  // task.
  auto ring = [&](Index task, Index worker) {
    const SpreadScratch scratch = make_scratch(job, workspace.of(worker));
    const Index plane = task / blocks;
    const RowTarget target{
        plane / options.groups, plane % options.groups, task % blocks, 0, 0, false};
    ring_rows(job, target, 0, job.y.begin, scratch);
    ring_rows(job, target, job.y.end, job.y.end + options.padding.bottom, scratch);
  };
  return run_tasks(planes * blocks, workers, stop, ring);
}

}  // namespace convscope::engine::fast
