#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/export/animation.h"
#include "app/export/gif_file.h"
#include "app/export/names.h"
#include "app/export/numbered_name.h"

namespace convscope::exports {

// What an animation shows: the kernel's way over the input, or the learning.
enum class Motion { kSweep, kLearn };

// Returns the animation that commands and the window call by this name, "sweep" or "learn"; nullopt
// for another.
std::optional<Motion> motion_named(std::string_view name);

// Returns the animation of so many frames at most. Throws Error as sweep_animation and
// learn_animation do. `source` must outlive it.
Animation animation_of(Motion motion, const Source& source, Index frames);

// Returns the animation with a title above each frame, where there is one.
Animation titled(Animation animation, const std::string& title);

// Writes each frame as a PNG under its number, from 1 on: whole, before the next is begun. Throws
// Error as write_gif does, before it writes anything.
AnimationFacts write_frames(const NumberedName& names, const Animation& animation,
                            const FigureLook& look, const Progress& progress = {});

}  // namespace convscope::exports
