#include "app/program/view/sweep.h"

#include <algorithm>
#include <cmath>

#include "engine/ops/pool2d_window.h"

namespace convscope::program {
namespace {

// The longest time, in seconds, that a frame counts for. If the program was busy for longer, the
// sweep doesn't jump.
constexpr double kLongestFrame = 0.1;

Index cells(const Shape& plane) {
  return plane.h * plane.w;
}

// Returns the last cell of pooling window `at` along an axis; -1 if it covers only padding.
Index last_cell(const PoolAxis& axis, Index at) {
  const WindowRange r = window_range(axis, at);
  return r.empty() ? -1 : r.begin + (r.end - 1 - r.begin) / axis.dilation * axis.dilation;
}

}  // namespace

void advance(SweepState& sweep, double seconds, const Shape& plane) {
  if (!sweep.playing) return;
  if (sweep.speed >= kRowAFrame) {
    sweep.cell += plane.w;
    sweep.fraction = 0.0;
  } else {
    const double speed = kSweepSpeeds[static_cast<std::size_t>(std::max(0, sweep.speed))];
    const double further = sweep.fraction + std::clamp(seconds, 0.0, kLongestFrame) * speed;
    sweep.cell += static_cast<Index>(further);
    sweep.fraction = further - std::floor(further);
  }
  fit(sweep, plane);
  if (sweep.cell == cells(plane) - 1) sweep.playing = false;
}

void step(SweepState& sweep, Index count, const Shape& plane) {
  scrub(sweep, sweep.cell + count, plane);
}

void scrub(SweepState& sweep, Index cell, const Shape& plane) {
  sweep.cell = cell;
  sweep.fraction = 0.0;
  sweep.playing = false;
  fit(sweep, plane);
}

void toggle_playing(SweepState& sweep, const Shape& plane) {
  sweep.playing = !sweep.playing;
  if (!sweep.playing || sweep.cell < cells(plane) - 1) return;
  sweep.cell = 0;
  sweep.fraction = 0.0;
}

void fit(SweepState& sweep, const Shape& plane) {
  sweep.cell = std::clamp<Index>(sweep.cell, 0, std::max<Index>(0, cells(plane) - 1));
}

void begin(SweepState& sweep, SweptPlane plane) {
  sweep.on = sweep.playing = true;
  sweep.plane = plane;
  sweep.cell = 0;
  sweep.fraction = 0.0;
}

Yx swept_cell(const SweepState& sweep, const Shape& plane) {
  const Index cell = std::clamp<Index>(sweep.cell, 0, std::max<Index>(0, cells(plane) - 1));
  return {cell / plane.w, cell % plane.w};
}

Index pooled_by(Index reached, const Shape& output, const Pool2dOptions& pool,
                const Shape& pooled) {
  const PoolAxis rows = pool_rows(output, pool);
  const PoolAxis columns = pool_columns(output, pool);
  const auto made = [&](Index row, Index column) {
    return row < 0 || column < 0 || row * output.w + column < reached;
  };
  Index last_column = -1;
  for (Index x = 0; x < pooled.w; ++x)
    last_column = std::max(last_column, last_cell(columns, x));
  Index y = 0;
  while (y < pooled.h && made(last_cell(rows, y), last_column))
    ++y;
  Index x = 0;
  while (y < pooled.h && x < pooled.w && made(last_cell(rows, y), last_cell(columns, x)))
    ++x;
  return y * pooled.w + x;
}

}  // namespace convscope::program
