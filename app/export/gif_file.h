#pragma once

#include <functional>
#include <string>

#include "app/export/animation.h"
#include "app/export/figure.h"
#include "app/export/names.h"
#include "app/files/write_file.h"

namespace convscope::exports {

// What was written.
struct AnimationFacts {
  Index frames = 0;
  int width = 0, height = 0;  // in pixels
  bool exact = true;          // whether all colours are as in a PNG
};

// Writes an animation as a GIF that repeats for ever into a file that the caller commits. Frames
// follow each other at `rate` a second, 1 to 50: where a GIF's hundredths of a second don't divide,
// the rate is kept on the whole. The last frame stays for a second. Throws Error, with the sizes
// and what would be accepted, for more than kMaxFrames, kMaxFrameSide or kMaxAnimatedPixels.
AnimationFacts write_gif(PendingFile& file, const Animation& animation, const FigureLook& look,
                         int rate, const Progress& progress = {});

// Throws Error where a single figure of the animation, or all, are too large.
void require_animation(const Animation& animation, int width, int height);

}  // namespace convscope::exports
