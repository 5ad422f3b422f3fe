#include "engine/ops/weight_update.h"

#include <algorithm>
#include <atomic>

#include "engine/core/padding.h"
#include "engine/core/parallel.h"
#include "engine/ops/conv2d_shape.h"
#include "engine/ops/fast/row_kernels.h"

namespace convscope::engine {
namespace {

// The effect of one weight on a row: output column x meets input column x * step + shift.
struct RowUpdate {
  Index step, shift;
  Index begin, end;  // the x for which column x * step + shift lies inside the input
  float delta;
};

// Updates the columns outside [begin, end), which meet padding that is not zero.
void update_sides(const RowUpdate& u, const float* from, Index width, PaddingMode mode, float* to,
                  Index count) {
  if (mode == PaddingMode::kZeros) return;
  const auto update = [&](Index x) {
    to[x] += u.delta * from[padding_source(x * u.step + u.shift, width, mode)];
  };
  for (Index x = 0; x < u.begin; ++x)
    update(x);
  for (Index x = u.end; x < count; ++x)
    update(x);
}

RowUpdate make_update(Index input_width, Index output_width, Index u, float delta,
                      const Conv2dOptions& o) {
  const Index shift = u * o.dilation.x - o.padding.left;
  // Returns the first x that meets this column or a later one.
  const auto first_at = [&](Index column) {
    const Index room = column - shift;
    return room <= 0 ? 0 : (room + o.stride.x - 1) / o.stride.x;
  };
  RowUpdate r{o.stride.x, shift, 0, 0, delta};
  r.begin = std::min(first_at(0), output_width);
  r.end = std::clamp(first_at(input_width), r.begin, output_width);
  return r;
}

}  // namespace

bool conv2d_update_weight(const Tensor& input, const WeightPlace& weight, float delta,
                          const Conv2dOptions& o, Tensor& output, const std::stop_token& stop) {
  const Shape& in = input.shape();
  const Shape& out = output.shape();
  assert(!o.transposed && weight.n >= 0 && weight.n < out.c);
  const Index channel = weight.n / (out.c / o.groups) * (in.c / o.groups) + weight.c;
  const RowUpdate update = make_update(in.w, out.w, weight.x, delta, o);
  constexpr Index kRows = 32;
  const Index bands = (out.h + kRows - 1) / kRows;
  const Index tasks = out.n * bands;
  // Memory bandwidth limits the speed. Even and odd threads take bands from opposite ends, so that
  // two threads each work on neighbouring bands.
  std::atomic<Index> from_front{0};
  std::atomic<Index> from_back{0};
  auto band = [&](Index, Index worker) {
    const Index task = worker % 2 == 0 ? from_front++ : tasks - 1 - from_back++;
    const Index n = task / bands;
    const Index first = task % bands * kRows;
    for (Index y = first; y < std::min(first + kRows, out.h); ++y) {
      const Index source = padding_source(y * o.stride.y + weight.y * o.dilation.y - o.padding.top,
                                          in.h, o.padding_mode);
      if (source < 0) continue;
      const float* from = input.row(n, channel, source);
      float* to = output.row(n, weight.n, y);
      fast::add_scaled_row(from + update.begin * update.step + update.shift, update.step, delta,
                           update.end - update.begin, to + update.begin);
      update_sides(update, from, in.w, o.padding_mode, to, out.w);
    }
  };
  return fast::run_tasks(tasks, fast::worker_count(), stop, band);
}

bool conv2d_update_weight(const Tensor& input, Yx weight, float delta, const Conv2dOptions& options,
                          Tensor& output, const std::stop_token& stop) {
  return conv2d_update_weight(input, WeightPlace{0, 0, weight.y, weight.x}, delta, options, output,
                              stop);
}

}  // namespace convscope::engine
