#pragma once

#include <array>

#include "app/program/names.h"
#include "engine/core/tensor.h"
#include "engine/ops/pool2d.h"

namespace convscope::program {

// A plane that a window makes cell by cell.
enum class SweptPlane { kOutput, kPooled };

// Cells a second; what follows the last of them is a whole row in each frame.
inline constexpr std::array<double, 11> kSweepSpeeds = {0.5,  1.0,   2.0,   4.0,   8.0,   16.0,
                                                        32.0, 100.0, 300.0, 1000., 3000.0};
inline constexpr int kRowAFrame = static_cast<int>(kSweepSpeeds.size());

// The window on its way over the padded input, in reading order of the cells that it makes. How the
// window shows things: no part of the scene.
struct SweepState {
  bool on = false;
  bool playing = false;
  SweptPlane plane = SweptPlane::kOutput;
  Index cell = 0;         // where the window is, in reading order; all before it are made
  double fraction = 0.0;  // of the way to the next cell
  int speed = 3;          // an index into kSweepSpeeds, or kRowAFrame
  bool ghost = false;     // cells that are not reached show their values, pale
};

// All of these take the shape of the swept plane, [.., H, W], and leave the position inside it.

// After `seconds` more. Stops at the last cell.
void advance(SweepState& sweep, double seconds, const Shape& plane);
// `cells` further, or back where negative; pauses.
void step(SweepState& sweep, Index cells, const Shape& plane);
void scrub(SweepState& sweep, Index cell, const Shape& plane);
// Goes on, from the beginning where the end is reached; or pauses.
void toggle_playing(SweepState& sweep, const Shape& plane);
// For a plane that has another size than before.
void fit(SweepState& sweep, const Shape& plane);

// Begins at the first cell, playing.
void begin(SweepState& sweep, SweptPlane plane);

Yx swept_cell(const SweepState& sweep, const Shape& plane);

// Pooled cells, counted in reading order, that are made by the first `reached` cells of the output:
// those before the first one whose window holds a later cell.
Index pooled_by(Index reached, const Shape& output, const Pool2dOptions& pool, const Shape& pooled);

}  // namespace convscope::program
