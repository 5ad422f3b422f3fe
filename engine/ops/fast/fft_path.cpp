#include "engine/ops/fast/fft_path.h"

#include <algorithm>
#include <atomic>

#include "engine/core/parallel.h"
#include "engine/ops/fast/fft_kernels.h"
#include "engine/ops/fast/packed_rows.h"

namespace convscope::engine::fast {
namespace {

// Only the last rows and columns of a tile's circular convolution equal those of the true one:
//
//     kernel's reach - 1      valid.y, valid.x
//   |--------------------|-----------------------|  kTile
//
// so tiles overlap by the kernel's reach. Two real tiles are transformed as the real and imaginary
// part of one complex tile.
struct FftJob {
  const Tensor& large;
  const Conv2dOptions& options;
  Tensor& small;
  Shape kernel;
  std::span<const float> bias;
  Yx reach;  // distance from the first to the last kernel cell, 0 for one cell
  Yx valid;  // output cells of a tile
  Yx tiles;  // tiles of a plane
  Twiddles twiddles;
  float* spectra;  // for each output channel re and im, transposed
};

Yx reach_of(const Shape& k, const Conv2dOptions& o) {
  return {o.dilation.y * (k.h - 1), o.dilation.x * (k.w - 1)};
}

Yx tiles_of(const Shape& small, Yx valid) {
  return {(small.h + valid.y - 1) / valid.y, (small.w + valid.x - 1) / valid.x};
}

// Two complex tiles: one with rows as rows, one transposed.
struct FftScratch {
  ComplexTile upright, transposed;
};

FftScratch make_scratch(float* floats) {
  return {{floats, floats + kTileFloats}, {floats + 2 * kTileFloats, floats + 3 * kTileFloats}};
}
constexpr Index kScratchFloats = 4 * kTileFloats;

// Transforms `upright` into `transposed`, which then holds the spectrum.
void forward(const FftJob& job, const FftScratch& s) {
  transform_columns(s.upright, job.twiddles);
  transpose(s.upright.re, s.transposed.re);
  transpose(s.upright.im, s.transposed.im);
  transform_columns(s.transposed, job.twiddles);
}

void back(const FftJob& job, const FftScratch& s) {
  transform_columns_back(s.transposed, job.twiddles);
  transpose(s.transposed.re, s.upright.re);
  transpose(s.transposed.im, s.upright.im);
  transform_columns_back(s.upright, job.twiddles);
}

// Computes the spectrum of the kernel rotated by 180°, which turns the convolution into a
// correlation, scaled by the factor that the transforms leave out.
void transform_kernel(const FftJob& job, const Tensor& weight, Index o, const FftScratch& s) {
  constexpr float kScale = 1.0f / static_cast<float>(kTile * kTile);
  std::fill_n(s.upright.re, 2 * kTileFloats, 0.0f);
  for (Index v = 0; v < job.kernel.h; ++v)
    for (Index u = 0; u < job.kernel.w; ++u)
      s.upright.re[(job.reach.y - v * job.options.dilation.y) * kTileStride + job.reach.x -
                   u * job.options.dilation.x] = weight.at(o, 0, v, u) * kScale;
  forward(job, {s.upright,
                {job.spectra + 2 * o * kTileFloats, job.spectra + (2 * o + 1) * kTileFloats}});
}

// Copies the padded input under the tile at (y, x) of the output.
void load_tile(const FftJob& job, Index n, Index o, Index y, Index x, float* to) {
  const Shape& s = job.small.shape();
  const Index rows = std::min(kTile, s.h - y + job.reach.y);
  const Index columns = std::min(kTile, s.w - x + job.reach.x);
  Conv2dOptions shifted = job.options;
  shifted.padding.left -= x;
  pack_rows(job.large, shifted, {n, o / (s.c / job.options.groups), 1, y, rows, 0, 1, columns},
            {1, kTileStride}, to);
  std::fill(to + rows * kTileStride, to + kTileFloats, 0.0f);
}

void store_tile(const FftJob& job, Index n, Index o, Index y, Index x, const float* from) {
  const Shape& s = job.small.shape();
  const float bias = job.bias.empty() ? 0.0f : job.bias[static_cast<std::size_t>(o)];
  const Index rows = std::min(job.valid.y, s.h - y);
  const Index columns = std::min(job.valid.x, s.w - x);
  for (Index r = 0; r < rows; ++r) {
    const float* row = from + (r + job.reach.y) * kTileStride + job.reach.x;
    std::transform(row, row + columns, job.small.row(n, o, y + r) + x,
                   [bias](float value) { return value + bias; });
  }
}

// Computes tile `first` and the next one of a plane; returns false if either holds a value that is
// not finite.
bool one_pair(const FftJob& job, Index n, Index o, Index first, const FftScratch& s) {
  const Index count = job.tiles.y * job.tiles.x;
  const bool both = first + 1 < count;
  const auto y = [&](Index tile) { return tile / job.tiles.x * job.valid.y; };
  const auto x = [&](Index tile) { return tile % job.tiles.x * job.valid.x; };
  load_tile(job, n, o, y(first), x(first), s.upright.re);
  if (both)
    load_tile(job, n, o, y(first + 1), x(first + 1), s.upright.im);
  else
    std::fill_n(s.upright.im, kTileFloats, 0.0f);
  if (!all_finite(s.upright.re) || !all_finite(s.upright.im)) return false;
  forward(job, s);
  multiply(s.transposed,
           {job.spectra + 2 * o * kTileFloats, job.spectra + (2 * o + 1) * kTileFloats});
  back(job, s);
  store_tile(job, n, o, y(first), x(first), s.upright.re);
  if (both) store_tile(job, n, o, y(first + 1), x(first + 1), s.upright.im);
  return true;
}

}  // namespace

bool fft_fits(const Shape& k, const Conv2dOptions& o) {
  constexpr Index kMaxReach = kTile - 24;
  constexpr Index kMaxSpectra = 128;  // 144 KiB each, 18 MiB together
  const Yx reach = reach_of(k, o);
  return k.c == 1 && o.stride == Yx{1, 1} && std::max(reach.y, reach.x) <= kMaxReach &&
         k.n <= kMaxSpectra;
}

Index fft_tile_pairs(const Shape& k, const Shape& small, const Conv2dOptions& o) {
  const Yx reach = reach_of(k, o);
  const Yx tiles = tiles_of(small, {kTile - reach.y, kTile - reach.x});
  return small.n * small.c * ((tiles.y * tiles.x + 1) / 2);
}

PathOutcome fft_path(const Tensor& large, const Tensor& weight, std::span<const float> bias,
                     const Conv2dOptions& options, Tensor& small, Workspace& workspace,
                     const std::stop_token& stop) {
  const Shape& k = weight.shape();
  const Shape& s = small.shape();
  assert(fft_fits(k, options));
  const Yx reach = reach_of(k, options);
  const Yx valid{kTile - reach.y, kTile - reach.x};
  const FftJob job{large,
                   options,
                   small,
                   k,
                   bias,
                   reach,
                   valid,
                   tiles_of(s, valid),
                   make_twiddles(),
                   workspace.weights.get(2 * k.n * kTileFloats)};
  const Index pairs = (job.tiles.y * job.tiles.x + 1) / 2;
  const Index tasks = s.n * s.c * pairs;
  const Index workers = std::min(worker_count(), std::max(tasks, k.n));
  workspace.reserve_workers(workers);
  for (Index w = 0; w < workers; ++w)
    workspace.of(w).floats.get(kScratchFloats);
  auto kernel = [&](Index o, Index worker) {
    transform_kernel(job, weight, o, make_scratch(workspace.of(worker).floats.get(kScratchFloats)));
  };
  if (!run_tasks(k.n, workers, stop, kernel)) return PathOutcome::kStopped;
  std::atomic<bool> finite = true;
  auto pair = [&](Index task, Index worker) {
    if (!finite.load(std::memory_order_relaxed)) return;
    const Index plane = task / pairs;
    const FftScratch scratch = make_scratch(workspace.of(worker).floats.get(kScratchFloats));
    if (!one_pair(job, plane / s.c, plane % s.c, 2 * (task % pairs), scratch)) finite = false;
  };
  if (!run_tasks(tasks, workers, stop, pair)) return PathOutcome::kStopped;
  return finite ? PathOutcome::kFinished : PathOutcome::kNotFinite;
}

}  // namespace convscope::engine::fast
