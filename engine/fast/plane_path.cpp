#include "engine/fast/plane_path.h"

#include <algorithm>
#include <array>

#include "engine/fast/parallel.h"
#include "engine/fast/plane_kernels.h"
#include "engine/padding.h"

namespace convscope::fast {
namespace {

Index round_up(Index value, Index step) {
  return (value + step - 1) / step * step;
}

// What all bands of one evaluation share.
struct PlaneJob {
  const Tensor& large;
  const Conv2dOptions& options;
  Tensor& small;
  Index kernel_height, kernel_width;
  PlaneBlocking blocking;
  const float* weights;  // for each output channel [kernel_width][kernel_height]
  const float* zeros;    // a row of them
  std::span<const float> bias;
  // Output columns [inner_begin, inner_end), a multiple of the lanes, read no padding.
  Index inner_begin, inner_end;
  Index strip_width;  // columns of a padded copy: what one vector of output reads
};

// Scratch of a thread, where in_rows = rows of a block + kernel_height - 1:
//
//   floats:    strip: in_rows x strip_width | its results: rows x lanes | a row for nothing: width
//   pointers:  to the in_rows of a block | to those of the strip
struct BandScratch {
  const float** in;
  const float** strip_in;
  float* strip;
  float* strip_out;
  float* unused_row;
};

BandScratch make_scratch(const PlaneJob& job, WorkerScratch& worker) {
  const Index in_rows = job.blocking.rows + job.kernel_height - 1;
  const Index strip = round_up(in_rows * job.strip_width, job.blocking.lanes);
  const Index strip_out = job.blocking.rows * job.blocking.lanes;
  const Index unused = round_up(job.small.shape().w, job.blocking.lanes);
  const float** pointers = worker.pointers.get(2 * in_rows);
  float* floats = worker.floats.get(strip + strip_out + unused);
  return {pointers, pointers + in_rows, floats, floats + strip, floats + strip + strip_out};
}

// Output columns [begin, begin + lanes) through a padded copy of the input columns they read;
// those at `end` and after are not written.
void side_columns(const PlaneJob& job, const PlaneBlock& block, const BandScratch& scratch,
                  Index begin, Index end) {
  const Index in_rows = job.blocking.rows + job.kernel_height - 1;
  const Index width = job.large.shape().w;
  const Index first = begin - job.options.padding.left;
  const Index reach = job.options.dilation.x * (job.kernel_width - 1) + 1;
  const Index needed = std::min(job.blocking.lanes, end - begin) + reach - 1;
  for (Index r = 0; r < in_rows; ++r) {
    float* to = scratch.strip + r * job.strip_width;
    const float* from = block.in[r] + job.options.padding.left;
    const bool zero = from == job.zeros;
    for (Index x = 0; x < needed; ++x) {
      const Index source = zero ? -1 : padding_source(first + x, width, job.options.padding_mode);
      to[x] = source < 0 ? 0.0f : from[source];
    }
    std::fill(to + needed, to + job.strip_width, 0.0f);
    scratch.strip_in[r] = to;
  }
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index i = 0; i < job.blocking.rows; ++i)
    out[static_cast<std::size_t>(i)] = scratch.strip_out + i * job.blocking.lanes;
  PlaneBlock strip = block;
  strip.in = scratch.strip_in;
  strip.out = out.data();
  plane_block(strip, 0, job.blocking.lanes);
  for (Index i = 0; i < job.blocking.rows; ++i)
    std::copy_n(out[static_cast<std::size_t>(i)], std::min(job.blocking.lanes, end - begin),
                block.out[i] + begin);
}

// The block with the output rows y, y + dilation, ... < end.
void one_block(const PlaneJob& job, Index n, Index o, Index y, Index end,
               const BandScratch& scratch) {
  const Shape& large = job.large.shape();
  const Shape& small = job.small.shape();
  const Conv2dOptions& options = job.options;
  const Index channel = o / (small.c / options.groups);
  const Index dy = options.dilation.y;
  for (Index r = 0; r < job.blocking.rows + job.kernel_height - 1; ++r) {
    const Index padded = y + r * dy - options.padding.top;
    const bool read = y + std::max<Index>(0, r - job.kernel_height + 1) * dy < end;
    const Index source = read ? padding_source(padded, large.h, options.padding_mode) : -1;
    scratch.in[r] =
        (source < 0 ? job.zeros : job.large.row(n, channel, source)) - options.padding.left;
  }
  std::array<float*, kMaxPlaneBlockRows> out;
  for (Index i = 0; i < job.blocking.rows; ++i) {
    const Index row = y + i * dy;
    out[static_cast<std::size_t>(i)] = row < end ? job.small.row(n, o, row) : scratch.unused_row;
  }
  const Index taps = job.kernel_height * job.kernel_width;
  const PlaneBlock block{scratch.in,
                         out.data(),
                         job.weights + o * taps,
                         job.kernel_height,
                         job.kernel_width,
                         options.dilation.x,
                         job.bias.empty() ? 0.0f : job.bias[static_cast<std::size_t>(o)]};
  for (Index x = 0; x < job.inner_begin; x += job.blocking.lanes)
    side_columns(job, block, scratch, x, std::min(job.inner_begin, small.w));
  if (job.inner_begin < job.inner_end) plane_block(block, job.inner_begin, job.inner_end);
  for (Index x = job.inner_end; x < small.w; x += job.blocking.lanes)
    side_columns(job, block, scratch, x, small.w);
}

// [C_out][kw][kh] from [C_out, 1, kh, kw].
const float* column_order(const Tensor& weight, Buffer& buffer) {
  const Shape& k = weight.shape();
  float* to = buffer.get(k.numel());
  for (Index o = 0; o < k.n; ++o) {
    const float* from = weight.row(o, 0, 0);
    for (Index u = 0; u < k.w; ++u)
      for (Index v = 0; v < k.h; ++v)
        *to++ = from[v * k.w + u];
  }
  return to - k.numel();
}

PlaneJob make_job(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                  const Conv2dOptions& options, Tensor& small, Workspace& workspace) {
  const Shape& k = weight.shape();
  const PlaneBlocking blocking = plane_blocking(k.h);
  const Index lanes = blocking.lanes;
  const Index reach = options.dilation.x * (k.w - 1) + 1;
  const Index width = large.shape().w;
  const Index begin =
      std::min(round_up(options.padding.left, lanes), round_up(small.shape().w, lanes));
  const Index last = std::min(small.shape().w, width + options.padding.left - reach + 1);
  const Index end = begin + std::max<Index>(0, last - begin) / lanes * lanes;
  const Index row = width + options.padding.left;
  float* zeros = workspace.shared.get(row + lanes);
  std::fill_n(zeros, row + lanes, 0.0f);
  return {large,
          options,
          small,
          k.h,
          k.w,
          blocking,
          column_order(weight, workspace.weights),
          zeros,
          bias,
          begin,
          end,
          lanes + reach - 1};
}

}  // namespace

bool plane_path(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                const Conv2dOptions& options, Tensor& small, RowRange rows, Workspace& workspace,
                const std::stop_token& stop) {
  assert(options.stride == Yx(1, 1) && weight.shape().c == 1);
  const PlaneJob job = make_job(large, weight, bias, options, small, workspace);
  const Shape& s = small.shape();
  const Index dy = options.dilation.y;
  // A band is a whole number of blocks, enough work to be worth a task's while and little enough to
  // stop soon.
  constexpr Index kBandWork = Index{1} << 21;
  const Index block_rows = job.blocking.rows * dy;
  const Index block_work = block_rows * s.w * weight.shape().h * weight.shape().w;
  const Index band_rows =
      block_rows * std::max<Index>(1, kBandWork / std::max<Index>(1, block_work));
  const Index bands = (rows.end - rows.begin + band_rows - 1) / band_rows;
  const Index tasks = s.n * s.c * bands;
  const Index workers = std::min(worker_count(), tasks);
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    make_scratch(job, workspace.of(w));
  auto band = [&](Index task, Index worker) {
    const BandScratch scratch = make_scratch(job, workspace.of(worker));
    const Index plane = task / bands;
    const Index first = rows.begin + task % bands * band_rows;
    const Index end = std::min(first + band_rows, rows.end);
    for (Index y = first; y < end; y += block_rows)
      for (Index residue = y; residue < std::min(y + dy, end); ++residue)
        one_block(job, plane / s.c, plane % s.c, residue, std::min(y + block_rows, end), scratch);
  };
  return run_tasks(tasks, workers, stop, band);
}

}  // namespace convscope::fast
