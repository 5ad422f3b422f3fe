#include "engine/ops/memory_need.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/ops/conv2d_plan.h"
#include "engine/ops/fast/fft_kernels.h"
#include "engine/ops/fast/fft_path.h"
#include "engine/ops/fast/layer_kernels.h"
#include "engine/ops/ring_gradient.h"

namespace convscope::engine {
namespace {

constexpr double kFloat = sizeof(float);
constexpr double kPointer = sizeof(void*);
constexpr double kLanes = 64;      // most floats that a row is rounded up by
constexpr double kBlockRows = 64;  // most rows that the paths of single planes compute at once
// Upper bound for lists whose length doesn't depend on the shapes.
constexpr double kSmall = 1 << 16;

double real(Index n) {
  return static_cast<double>(n);
}

double threads() {
  return real(fast::worker_count());
}

double taps(const Shape& weight) {
  return real(weight.c) * real(weight.h) * real(weight.w);
}

// Mirrors packed_row() of packed_rows.h.
double packed_row(double width, double reach, Index stride) {
  return real(stride) * (width + std::floor(reach / real(stride)) + 2 * kLanes);
}

Yx reach_of(const Shape& weight, const Conv2dOptions& o) {
  return {o.dilation.y * (weight.h - 1), o.dilation.x * (weight.w - 1)};
}

// Mirrors fast/layer_path.h, whose band size depends on the work and memory of a row.
Bytes layer_path_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& small) {
  constexpr double kBandWork = 1 << 21;
  constexpr double kBandFloats = 1 << 16;
  const Yx reach = reach_of(weight, o);
  const double row = packed_row(real(small.w), real(reach.x), o.stride.x);
  const double row_work = real(small.w) * real(weight.n / o.groups) * taps(weight);
  const double rows = std::max({kBandWork / std::max(1.0, row_work) + 1,
                                kBandFloats / (real(weight.c) * row * real(o.stride.y)), 4.0});
  const double band = std::min(real(small.h), rows);
  const double packed_rows = (band - 1) * real(o.stride.y) + real(reach.y) + 1;
  return threads() * real(weight.c) * packed_rows * row * kFloat + taps(weight) * sizeof(Index);
}

// Mirrors fast/plane_path.h, fast/low_rank_path.h and fast/fft_path.h: stride 1, one channel at a
// time.
Bytes plane_paths_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& small) {
  if (weight.c != 1 || o.stride != Yx{1, 1}) return 0.0;
  const double row = real(small.w) + 2 * real(reach_of(weight, o).x) + 2 * kLanes;
  const double in_rows = kBlockRows + real(weight.h);
  Bytes bytes = threads() * (2 * in_rows + 4 * kBlockRows) * row * kFloat +
                threads() * 4 * in_rows * kPointer + 8 * row * sizeof(Index);
  if (fast::fft_fits(weight, o)) {
    const double tile = real(fast::kTileFloats) * kFloat;
    bytes += 2 * real(weight.n) * tile + threads() * 4 * tile;
  }
  return bytes;
}

Bytes correlate_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& small) {
  // The weight may be held in a kernel's order, rotated for a spread, and as the two factors of a
  // low rank.
  const Bytes weights = 4 * tensor_bytes(weight);
  return weights + layer_path_bytes(weight, o, small) + plane_paths_bytes(weight, o, small) +
         kSmall;
}

// Mirrors fast/spread_path.h.
Bytes phases_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& large) {
  constexpr double kBandWork = 1 << 21;
  constexpr double kBandFloats = 1 << 16;
  const Yx reach = reach_of(weight, o);
  const double inputs = real(weight.n / o.groups);
  const double ring = real(o.padding.left) + real(o.padding.right);
  const double steps = std::floor((real(large.w) + ring) / real(o.stride.x)) + 2;
  const double row = packed_row(steps, std::floor(real(reach.x) / real(o.stride.x)), 1);
  const double all_taps = inputs * real(weight.h) * real(weight.w);
  const double row_work = std::floor(steps * real(weight.c) * all_taps / real(o.stride.y));
  const double rows = std::max({kBandWork / std::max(1.0, row_work) + 1,
                                kBandFloats / (inputs * row) * real(o.stride.y), 4.0});
  const double band = std::min(real(large.h), rows);
  const double packed_rows =
      std::floor(band / real(o.stride.y)) + 2 + std::floor(real(reach.y) / real(o.stride.y));
  const double phases = real(o.stride.x) * real(fast::kMaxLayerOutputs) * row;
  const double thread = (inputs * packed_rows * row + phases + real(large.w) + ring) * kFloat +
                        real(o.stride.x) * kPointer;
  return tensor_bytes(weight) + threads() * thread +
         (real(o.stride.y) * real(o.stride.x) + 1 + all_taps) * sizeof(Index) + kSmall;
}

// Mirrors ring_gradient.h, which correlates with `rotated`.
Bytes ring_bytes(const Shape& rotated, const Conv2dOptions& o, const Shape& input) {
  const Padding& p = o.padding;
  Bytes bytes = 0.0;
  for (const Yx& size : {Yx{std::max(p.top, p.bottom), p.left + input.w + p.right},
                         Yx{input.h, std::max(p.left, p.right)}}) {
    const Shape part{input.n, input.c, ring_rows_at_once(input, size.y, size.x), size.x};
    bytes += tensor_bytes(part) + layer_path_bytes(rotated, o, part);
  }
  return bytes;
}

Bytes spread_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& large) {
  if (!path_fits(SpreadPath::kCorrelate, o)) return phases_bytes(weight, o, large);
  const Shape rotated{weight.c * o.groups, weight.n / o.groups, weight.h, weight.w};
  const Bytes bytes = correlate_bytes(rotated, o, large);
  if (o.padding_mode == PaddingMode::kZeros) return bytes;
  return std::max(phases_bytes(weight, o, large), bytes + ring_bytes(rotated, o, large));
}

// Mirrors fast/weight_blocks.h: what a thread needs, one channel at a time.
Bytes weight_blocks_bytes(const Shape& weight, const Conv2dOptions& o, const Shape& small) {
  constexpr double kBandFloats = 1 << 17;
  constexpr double kInPlaceSteps = 64;
  constexpr Index kMostOutputs = 8;  // at least as many as are summed by blocks
  if (o.stride != Yx{1, 1} || o.dilation != Yx{1, 1} || weight.n / o.groups > kMostOutputs)
    return 0.0;
  const Yx reach = reach_of(weight, o);
  const double outputs = real(weight.n / o.groups);
  const double row = packed_row(real(small.w), real(reach.x), 1);
  const double cached = kBandFloats / ((1 + outputs) * std::max(1.0, real(small.w)));
  const double band = std::min(real(small.h), std::max(kInPlaceSteps, cached));
  const double sums = real(weight.h) * real(weight.w) * kLanes;
  const double floats = row + sums + (band + real(reach.y)) * row + outputs * band * row;
  const double pointers = 2 * band + real(reach.y) + 4 * kBlockRows;
  return floats * kFloat + pointers * kPointer;
}

}  // namespace

Bytes tensor_bytes(const Shape& shape) {
  return real(shape.n) * real(shape.c) * real(shape.h) * real(shape.w) * kFloat;
}

Bytes conv2d_scratch_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options) {
  const Shape output = conv2d_output_shape(input, weight, options);
  return options.transposed ? spread_bytes(weight, options, output)
                            : correlate_bytes(weight, options, output);
}

Bytes conv2d_grad_input_scratch_bytes(const Shape& input, const Shape& weight,
                                      const Conv2dOptions& options) {
  return options.transposed ? correlate_bytes(weight, options, input)
                            : spread_bytes(weight, options, input);
}

// Mirrors fast/weight_path.h.
Bytes conv2d_grad_weight_scratch_bytes(const Shape& input, const Shape& weight,
                                       const Conv2dOptions& o) {
  constexpr double kBandFloats = 1 << 17;
  constexpr double kSums = 1 << 20;
  const Shape small = o.transposed ? input : conv2d_output_shape(input, weight, o);
  const Yx reach = reach_of(weight, o);
  const double outputs = real(weight.n / o.groups);
  const double row = packed_row(real(small.w), real(reach.x), o.stride.x);
  const double width = std::max(1.0, real(small.w));
  const double step_floats =
      real(weight.c) * width * real(o.stride.x) * real(o.stride.y) + outputs * width;
  const double steps = real(small.h) + real(reach.y);
  const double band = std::min(steps, std::max(2.0, kBandFloats / step_floats));
  const double packed_rows = (band - 1) * real(o.stride.y) + real(reach.y) + 1;
  const double small_floats = outputs * (band + real(reach.y)) * (real(small.w) + kLanes);
  const double floats = row + real(weight.c) * packed_rows * row + small_floats;
  const double pointers = real(weight.c) * packed_rows + band * (outputs * real(weight.h) + kLanes);
  const double places = 3 * outputs * real(weight.h) + 3 * taps(weight);
  const double thread =
      std::max(floats * kFloat + pointers * kPointer, weight_blocks_bytes(weight, o, small));
  return threads() * thread + places * sizeof(Index) +
         std::max(kSums, real(weight.n) * taps(weight)) * sizeof(double) + kSmall;
}

Bytes pool2d_bytes(const Shape& output, PoolKind kind) {
  const Bytes values = tensor_bytes(output);
  return kind == PoolKind::kMax ? values + values / kFloat * sizeof(Index) : values;
}

// Mirrors fast/pool_path.h.
Bytes pool2d_scratch_bytes(const Shape& input, const Pool2dOptions& o) {
  constexpr double kBandWork = 1 << 17;
  const Shape output = pool2d_output_shape(input, o);
  const double cells = real(o.kernel.y) * real(o.kernel.x);
  const double row = packed_row(real(output.w), real(o.dilation.x * (o.kernel.x - 1)), o.stride.x);
  const double rows =
      std::min(real(output.h), std::max(1.0, kBandWork / std::max(1.0, real(output.w) * cells)));
  const double packed_rows =
      (rows - 1) * real(o.stride.y) + real(o.dilation.y * (o.kernel.y - 1)) + 1;
  return threads() * (packed_rows * row * kFloat + cells * (kPointer + kFloat)) +
         (4 * (real(output.w) + kLanes) + cells) * kFloat + kSmall;
}

// Mirrors fast/max_pool_grad_path.h and fast/average_pool_grad_path.h.
Bytes pool2d_grad_scratch_bytes(const Shape& input, const Pool2dOptions& o) {
  constexpr double kBandCells = 1 << 15;
  const Shape output = pool2d_output_shape(input, o);
  if (o.kind == PoolKind::kMax) {
    const double bands = std::max(1.0, real(output.h) * real(output.w) / kBandCells);
    return 2 * real(output.n) * real(output.c) * bands * sizeof(Index) + kSmall;
  }
  const double steps = std::ceil((real(o.padding.left) + real(input.w)) / real(o.stride.x)) + 1;
  const double reach = real(o.kernel.x) / real(o.stride.x) + 1;
  const double share = reach + std::max(steps, real(output.w));
  const double band = std::clamp(kBandCells / real(input.w), 1.0, real(input.h));
  const double rows = (band + real(o.kernel.y)) / real(o.stride.y) + 2;
  const double floats = share + real(o.stride.x) * steps + rows * real(input.w);
  const double pointers = reach + real(o.stride.x) + rows;
  return threads() * (floats * kFloat + pointers * kPointer) + real(output.w) * kFloat + kSmall;
}

Bytes gram_sums_bytes(const Shape& input, const Shape& weight, const Conv2dOptions& options,
                      bool bias) {
  const double size =
      real(input.c / options.groups) * real(weight.h) * real(weight.w) + (bias ? 1.0 : 0.0);
  const double products = real(options.groups) * size * size;
  if (products > real(kMaxGramSums)) return 0.0;
  const double crosses = real(conv2d_output_shape(input, weight, options).c) * size;
  const double sums = products + crosses;
  // Every task has sums of its own, which are added at the end.
  const double partials =
      std::max(sums, std::min(real(kMaxPartialGramSums), real(kGramTasks) * sums));
  return (sums + partials) * sizeof(double);
}

}  // namespace convscope::engine
