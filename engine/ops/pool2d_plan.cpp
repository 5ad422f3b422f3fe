#include "engine/ops/pool2d_plan.h"

#include <cmath>
#include <limits>

#include "engine/ops/fast/pool_path.h"
#include "engine/ops/pool2d_window.h"

namespace convscope::engine {
namespace {

using Windows = std::span<const WindowRange>;

void max_row(std::span<const float> plane, Index width, const WindowRange& ry, Windows xs,
             const Pool2dOptions& o, float* output, Index* indices) {
  const bool large = has_large_padding(o);
  for (const WindowRange& rx : xs) {
    float best = -std::numeric_limits<float>::infinity();
    Index at = ry.begin * width + rx.begin;
    if (large && (ry.empty() || rx.empty())) at = -1;
    for (Index y = ry.begin; y < ry.end; y += o.dilation.y) {
      for (Index x = rx.begin; x < rx.end; x += o.dilation.x) {
        const float value = plane[static_cast<std::size_t>(y * width + x)];
        if (value > best || std::isnan(value)) {
          best = value;
          at = y * width + x;
        }
      }
    }
    *output++ = best;
    if (indices != nullptr) *indices++ = at;
  }
}

void avg_row(std::span<const float> plane, Index width, const WindowRange& ry, Windows xs,
             const Pool2dOptions& o, float* output) {
  for (const WindowRange& rx : xs) {
    float sum = 0.0f;
    for (Index y = ry.begin; y < ry.end; ++y) {
      for (Index x = rx.begin; x < rx.end; ++x)
        sum += plane[static_cast<std::size_t>(y * width + x)];
    }
    const bool empty = ry.empty() || rx.empty();
    *output++ = empty ? 0.0f : sum / window_divisor(ry, rx, o);
  }
}

bool plain(const Tensor& input, const Pool2dOptions& options, Tensor& result, Index* indices,
           const CellRect& window, const std::stop_token& stop) {
  const Shape& shape = result.shape();
  const WindowPlan plan = window_plan(input.shape(), shape, options);
  const Windows xs = Windows(plan.xs).subspan(static_cast<std::size_t>(window.left),
                                              static_cast<std::size_t>(window.width()));
  for (Index n = 0; n < shape.n; ++n) {
    for (Index c = 0; c < shape.c; ++c) {
      for (Index y = window.top; y < window.bottom; ++y) {
        if (stop.stop_requested()) return false;
        const WindowRange& ry = plan.ys[static_cast<std::size_t>(y)];
        const Index at = ((n * shape.c + c) * shape.h + y) * shape.w + window.left;
        float* output = result.data() + at;
        if (options.kind == PoolKind::kMax)
          max_row(input.plane(n, c), input.shape().w, ry, xs, options, output,
                  indices == nullptr ? nullptr : indices + at);
        else
          avg_row(input.plane(n, c), input.shape().w, ry, xs, options, output);
      }
    }
  }
  return true;
}

}  // namespace

bool path_fits(Pool2dPath path, const Shape& input, const Shape& output,
               const Pool2dOptions& options) {
  switch (path) {
    case Pool2dPath::kPlain:
      return true;
    case Pool2dPath::kPairs:
      return fast::pool_pairs_fits(input, output, options);
    case Pool2dPath::kTaps:
      return fast::pool_taps_fits(input, options);
  }
  return false;
}

Pool2dPath choose_path(const Shape& input, const Shape& output, const Pool2dOptions& options) {
  // Below this many cells any preparation costs more than it saves.
  constexpr Index kSmallWork = 1024;
  if (output.numel() * options.kernel.y * options.kernel.x < kSmallWork) return Pool2dPath::kPlain;
  for (const Pool2dPath path : {Pool2dPath::kPairs, Pool2dPath::kTaps})
    if (path_fits(path, input, output, options)) return path;
  return Pool2dPath::kPlain;
}

bool pool2d_on(std::optional<Pool2dPath> path, const Tensor& input, const Pool2dOptions& options,
               Tensor& output, Index* indices, const CellRect& window, Conv2dWorkspace& workspace,
               const std::stop_token& stop) {
  if (!path) path = choose_path(input.shape(), output.shape(), options);
  assert(path_fits(*path, input.shape(), output.shape(), options));
  switch (*path) {
    case Pool2dPath::kPlain:
      return plain(input, options, output, indices, window, stop);
    case Pool2dPath::kPairs:
      return fast::pool_pairs(input, options, output, indices, window, stop);
    case Pool2dPath::kTaps:
      return fast::pool_taps(input, options, output, indices, window, workspace.scratch(), stop);
  }
  return false;
}

}  // namespace convscope::engine
