#include "engine/ops/fast/weight_path.h"

#include <algorithm>
#include <array>

#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/fast/packed_rows.h"
#include "engine/ops/fast/weight_kernels.h"

namespace convscope::engine::fast {
namespace {

// Columns [begin, begin + width) of small, which are summed together. Where they meet no padding,
// the rows are read in place; else through copies.
struct Part {
  Index begin = 0, width = 0;
  bool copy_large = true;
  bool copy_small = true;  // the rows of small don't end with a whole vector here
  PackedRow row = {};      // of a copied row of large
};

// Each weight's gradient is a sum of products of rows: of a row of small (output channel o) with a
// row of large (channel i, shifted by u columns), v rows below it. The rows are paired in one of
// two ways, as (o) with (i, v, u), or as (o, v) with (i, u) where there are few output channels:
// then a row of large meets the kernel-height rows of small above it. A step is a row of small in
// the first way, and of the padded large in the second. Many data members, as what is worked out
// once for all bands is all here.
struct WeightJob {
  const Tensor& large;
  const Tensor& small;
  const Conv2dOptions& options;
  Shape kernel;
  RowProductsBlocking blocking;
  const std::stop_token& stop;
  std::array<Part, 3> parts = {};  // of the columns
  Index part_count = 0;
  bool by_rows = false;    // pair (o, v) with (i, u)
  Index band_steps = 1;    // steps of a band
  Index packed_rows = 1;   // rows of large under those
  Index bands = 1;         // bands of a plane
  Index chunks = 1;        // groups of bands that are summed on their own
  Index splits = 1;        // tasks that share a chunk's output channels
  double* sums = nullptr;  // [chunks][weights]
  // For each row of a pair, the place of its products among a group's sums and the place of the row
  // itself: its output channel and number of rows below the first, or its row in the band's part of
  // large and its first column.
  const Index* a_places = nullptr;
  const Index* a_outputs = nullptr;
  const Index* a_shifts = nullptr;
  const Index* b_places = nullptr;
  const Index* b_rows = nullptr;
  const Index* b_columns = nullptr;

  Index outputs() const { return kernel.n / options.groups; }
  Index rows_of_a() const { return by_rows ? kernel.h : 1; }  // kernel rows for each row of small
  Index rows_of_b() const { return by_rows ? 1 : kernel.h; }
  Index a_count() const { return outputs() * rows_of_a(); }
  Index b_count() const { return kernel.c * rows_of_b() * kernel.w; }
  Index reach() const { return options.dilation.y * (kernel.h - 1); }
  Index steps() const { return small.shape().h + (by_rows ? reach() : 0); }
  Index step_rows() const { return by_rows ? 1 : options.stride.y; }  // rows of large to the next
  Index above() const { return by_rows ? reach() : 0; }  // rows of small above a step's own
  Index small_rows() const { return band_steps + above(); }
  std::span<const Part> used_parts() const {
    return std::span(parts).first(static_cast<std::size_t>(part_count));
  }
};

// One band of one group of one picture, and the scratch memory of a thread for it.
struct Band {
  Index n, group;
  Index first, steps;
  float* large;              // [channel][packed_rows][row], if copied
  float* small;              // [output][small_rows][width in whole vectors], if copied
  const float* zero;         // a row of zeros
  const float** large_rows;  // [channel][packed_rows]
  const float** a;           // [block][step][rows of the block]
  const float** b;           // [step][rows of the block]
};

Index blocks(Index count, Index most) {
  return (count + most - 1) / most;
}

Index whole_vectors(const WeightJob& job, Index width) {
  return blocks(width, job.blocking.lanes) * job.blocking.lanes;
}

const float* small_row(const WeightJob& job, const Band& band, const Part& part, Index o, Index r) {
  const Index y = band.first + r;
  if (y < 0 || y >= job.small.shape().h) return band.zero;
  if (part.copy_small)
    return band.small + (o * job.small_rows() + r + job.above()) * whole_vectors(job, part.width);
  return job.small.row(band.n, band.group * job.outputs() + o, y) + part.begin;
}

// Points to the rows of large under the band, where they stand or as copies.
void lay_out_large(const WeightJob& job, const Band& band, const Part& part) {
  Conv2dOptions o = job.options;
  const Index first = band.first * job.step_rows();
  const Index count = (band.steps - 1) * job.step_rows() + (job.by_rows ? 0 : job.reach()) + 1;
  o.padding.left -= part.begin * o.stride.x;
  const float** to = band.large_rows;
  if (part.copy_large) {
    pack_rows(job.large, o,
              {band.n, band.group * job.kernel.c, job.kernel.c, first, count, job.packed_rows,
               job.kernel.w, part.width},
              part.row, band.large);
    for (Index row = 0; row < job.kernel.c * job.packed_rows; ++row)
      to[row] = band.large + row * part.row.size();
    return;
  }
  const Index height = job.large.shape().h;
  for (Index i = 0; i < job.kernel.c; ++i) {
    for (Index r = 0; r < count; ++r) {
      const Index y = padding_source(first + r - o.padding.top, height, o.padding_mode);
      to[i * job.packed_rows + r] =
          y < 0 ? band.zero
                : job.large.row(band.n, band.group * job.kernel.c + i, y) - o.padding.left;
    }
  }
}

void copy_small(const WeightJob& job, const Band& band, const Part& part, Index first_output,
                Index last_output) {
  const Index size = whole_vectors(job, part.width);
  for (Index o = first_output; o < last_output; ++o) {
    for (Index r = -job.above(); r < band.steps; ++r) {
      const Index y = band.first + r;
      if (y < 0 || y >= job.small.shape().h) continue;
      float* to = band.small + (o * job.small_rows() + r + job.above()) * size;
      std::copy_n(job.small.row(band.n, band.group * job.outputs() + o, y) + part.begin, part.width,
                  to);
      std::fill(to + part.width, to + size, 0.0f);
    }
  }
}

// Rows [begin, end).
struct Block {
  Index begin, end;
  Index size() const { return end - begin; }
  // Returns the block-th of `block_count` equal blocks of the `count` rows from `first` on.
};
Block block_of(Index first, Index count, Index block, Index block_count) {
  return {first + count * block / block_count, first + count * (block + 1) / block_count};
}

// Writes the pointers of band.a from `to` on; returns where they end.
const float** point_to_a(const WeightJob& job, const Band& band, const Part& part, const Block& k,
                         const float** to) {
  for (Index step = 0; step < band.steps; ++step)
    for (Index a = k.begin; a < k.end; ++a)
      *to++ = small_row(job, band, part, job.a_outputs[a], step - job.a_shifts[a]);
  return to;
}

void point_to_b(const WeightJob& job, const Band& band, const Block& k) {
  const float** to = band.b;
  for (Index step = 0; step < band.steps; ++step)
    for (Index b = k.begin; b < k.end; ++b)
      *to++ = band.large_rows[step * job.step_rows() + job.b_rows[b]] + job.b_columns[b];
}

void add_part(const WeightJob& job, const Band& band, const Part& part, Index split, double* sums) {
  const Index first_output = job.outputs() * split / job.splits;
  const Index last_output = job.outputs() * (split + 1) / job.splits;
  lay_out_large(job, band, part);
  if (part.copy_small) copy_small(job, band, part, first_output, last_output);
  const Index first = first_output * job.rows_of_a();
  const Index a_count = (last_output - first_output) * job.rows_of_a();
  const Index a_blocks = blocks(a_count, job.blocking.a);
  const Index b_blocks = blocks(job.b_count(), job.blocking.b);
  const float** to = band.a;
  for (Index i = 0; i < a_blocks; ++i)
    to = point_to_a(job, band, part, block_of(first, a_count, i, a_blocks), to);
  sums += band.group * job.outputs() * job.kernel.c * job.kernel.h * job.kernel.w;
  for (Index j = 0; j < b_blocks; ++j) {
    const Block b = block_of(0, job.b_count(), j, b_blocks);
    point_to_b(job, band, b);
    for (Index i = 0; i < a_blocks; ++i) {
      if (job.stop.stop_requested()) return;
      const Block a = block_of(first, a_count, i, a_blocks);
      row_products({band.a + (a.begin - first) * band.steps, band.b, a.size(), b.size(), band.steps,
                    part.width, sums, job.a_places + a.begin, job.b_places + b.begin,
                    job.by_rows && i == 0 && j == 0});
    }
  }
}

// Fills the tables that describe the rows of each pair.
void describe_pairs(WeightJob& job, Workspace& workspace) {
  const Shape& k = job.kernel;
  const Index a_count = job.a_count();
  const Index b_count = job.b_count();
  Index* a_places = workspace.offsets.get(3 * a_count + 3 * b_count);
  Index* a_outputs = a_places + a_count;
  Index* a_shifts = a_outputs + a_count;
  for (Index a = 0; a < a_count; ++a) {
    const Index v = a % job.rows_of_a();
    a_outputs[a] = a / job.rows_of_a();
    a_shifts[a] = v * job.options.dilation.y;
    a_places[a] = (a_outputs[a] * k.c * k.h + v) * k.w;
  }
  Index* b_places = a_shifts + a_count;
  Index* b_rows = b_places + b_count;
  Index* b_columns = b_rows + b_count;
  for (Index b = 0; b < b_count; ++b) {
    const Index u = b % k.w;
    const Index v = b / k.w % job.rows_of_b();
    const Index i = b / k.w / job.rows_of_b();
    b_places[b] = (i * k.h + v) * k.w + u;
    b_rows[b] = i * job.packed_rows + v * job.options.dilation.y;
    // With stride 1 this is the same for all parts, copied or not.
    b_columns[b] = job.parts[0].row.offset(u, job.options.dilation.x);
  }
  job.a_places = a_places;
  job.a_outputs = a_outputs;
  job.a_shifts = a_shifts;
  job.b_places = b_places;
  job.b_rows = b_rows;
  job.b_columns = b_columns;
}

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
  if (!job.by_rows || o.stride.x != 1 || inner < kWorthwhile * lanes)
    return add(0, width, true, width % lanes != 0);
  add(0, begin, true, false);
  add(begin, begin + inner, false, false);
  add(begin + inner, width, true, (width - inner) % lanes != 0);
}

// Chooses the number of steps whose inputs and gradients stay in the second-level cache.
Index choose_band(const WeightJob& job) {
  constexpr Index kBandFloats = Index{1} << 17;
  const Index width = std::max<Index>(1, job.small.shape().w);
  const Index large_row = job.kernel.c * width * job.options.stride.x;
  const Index small_row = job.outputs() * width;
  const Index fixed = job.reach() * (job.by_rows ? small_row : large_row);
  const Index all = large_row * job.step_rows() + small_row;
  return std::clamp<Index>((kBandFloats - fixed) / all, std::min<Index>(2, job.steps()),
                           job.steps());
}

WeightJob make_job(const Tensor& large, const Tensor& small, const Conv2dOptions& o,
                   const Shape& kernel, Workspace& workspace, const std::stop_token& stop) {
  constexpr Index kSums = Index{1} << 20;
  constexpr Index kTasks = 32;
  const Shape& s = small.shape();
  WeightJob job{large, small, o, kernel, row_products_blocking(), stop};
  job.by_rows = job.outputs() < job.blocking.a && o.stride.y == 1;
  divide_columns(job);
  job.band_steps = choose_band(job);
  job.packed_rows = (job.band_steps - 1) * job.step_rows() + (job.by_rows ? 0 : job.reach()) + 1;
  job.bands = blocks(job.steps(), job.band_steps);
  job.chunks = std::clamp<Index>(kSums / kernel.numel(), 1, std::min(kTasks, s.n * job.bands));
  job.splits = std::clamp<Index>(kTasks / (job.chunks * o.groups), 1, job.outputs());
  if (job.chunks >= kTasks / 4) job.splits = 1;
  job.sums = workspace.sums.get(job.chunks * kernel.numel());
  describe_pairs(job, workspace);
  return job;
}

// The memory of one thread: a row of zeros | rows of large | rows of small.
Band make_band(const WeightJob& job, WorkerScratch& scratch) {
  Index zero = 0, large = 0, small = 0;
  for (const Part& part : job.used_parts()) {
    zero = std::max(zero, part.row.size());
    if (part.copy_large) large = std::max(large, job.kernel.c * job.packed_rows * part.row.size());
    if (part.copy_small)
      small = std::max(small, job.outputs() * job.small_rows() * whole_vectors(job, part.width));
  }
  float* floats = scratch.floats.get(zero + large + small);
  std::fill_n(floats, zero, 0.0f);
  const Index rows = job.kernel.c * job.packed_rows;
  const Index a = job.band_steps * job.a_count();
  const float** pointers = scratch.pointers.get(rows + a + job.band_steps * job.blocking.b);
  return {0,
          0,
          0,
          0,
          floats + zero,
          floats + zero + large,
          floats,
          pointers,
          pointers + rows,
          pointers + rows + a};
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
