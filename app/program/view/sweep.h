#pragma once

#include <array>

#include "app/program/names.h"
#include "engine/core/tensor.h"
#include "engine/ops/pool2d.h"

namespace convscope::program {

// The planes that a sweeping window can compute cell by cell.
enum class SweptPlane { kOutput, kPooled };

// The speeds of the sweep, in cells per second.
inline constexpr std::array<double, 11> kSweepSpeeds = {0.5,  1.0,   2.0,   4.0,   8.0,   16.0,
                                                        32.0, 100.0, 300.0, 1000., 3000.0};
// The index after the last speed stands for a whole row in each frame.
inline constexpr int kRowAFrame = static_cast<int>(kSweepSpeeds.size());

// The position of a window that sweeps over its padded input, in reading order of the cells that it
// computes. It is not part of the scene.
struct SweepState {
  bool on = false;
  bool playing = false;
  SweptPlane plane = SweptPlane::kOutput;
  Index cell = 0;         // the cell that the window computes; all cells before it are done
  double fraction = 0.0;  // how much of the way to the next cell is done, 0 to 1
  int speed = 3;          // an index into kSweepSpeeds, or kRowAFrame
  bool ghost = false;     // whether cells that are not reached show their values in pale
};

// The following functions take the shape of the swept plane, [.., H, W], and keep the position
// inside it.

// Moves the sweep on by a time if it is playing. Pauses it at the last cell.
void advance(SweepState& sweep, double seconds, const Shape& plane);
// Moves the sweep forward by so many cells, or back if `cells` is negative, and pauses it.
void step(SweepState& sweep, Index cells, const Shape& plane);
// Moves the sweep to a cell, counted in reading order, and pauses it.
void scrub(SweepState& sweep, Index cell, const Shape& plane);
// Pauses the sweep, or lets it go on; at the last cell it begins again at the first.
void toggle_playing(SweepState& sweep, const Shape& plane);
// Moves the position into a plane that may have another size than before.
void fit(SweepState& sweep, const Shape& plane);

// Begins a sweep over a plane: at the first cell, playing.
void begin(SweepState& sweep, SweptPlane plane);

// Returns the row and column of the cell that the sweep has reached.
Yx swept_cell(const SweepState& sweep, const Shape& plane);

// Returns how many pooled cells, counted in reading order, depend only on the first `reached` cells
// of the output: those before the first one whose window holds a later cell.
Index pooled_by(Index reached, const Shape& output, const Pool2dOptions& pool, const Shape& pooled);

}  // namespace convscope::program
