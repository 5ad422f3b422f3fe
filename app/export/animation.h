#pragma once

#include <functional>

#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/export/scene_source.h"
#include "app/export/source.h"

namespace convscope::exports {

// What an animation may have: its frames are drawn twice, to find their colours and to write them.
inline constexpr Index kMaxFrames = 2000;
inline constexpr Index kMaxFrameSide = 4096;
inline constexpr Index kMaxAnimatedPixels = 400'000'000;

// The frames of an animation. Each is a figure of the same size.
struct Animation {
  Index frames = 0;
  std::function<Figure(Index frame)> frame;  // from 0 on; any number of times, in any order
};

// Returns `look` with the cells of the first frame, which those of all others then have.
FigureLook steady_look(const Animation& animation, FigureLook look);

// Returns the output as the kernel goes over the input, cell by cell, each with what it sums. With
// fewer than all cells as `frames` they are evenly spaced and end with the last. Throws Error where
// there is no output or it has more than kMaxFrames cells and `frames` is 0.
Animation sweep_animation(const Source& source, Index frames);

// Returns the learning: the weights, the error and the loss after each of the steps that `source`
// has learned and keeps the weights of: evenly spaced and at most `frames`, the last among them.
// All frames have one range of colours. `source` must outlive it. Throws Error where nothing is
// learned.
Animation learn_animation(const Source& source, Index frames = kMaxFrames);

}  // namespace convscope::exports
