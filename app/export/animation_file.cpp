#include "app/export/animation_file.h"

#include <utility>

#include "app/export/figure_file.h"
#include "app/files/output_target.h"

namespace convscope::exports {

std::optional<Motion> motion_named(std::string_view name) {
  if (name == "sweep") return Motion::kSweep;
  if (name == "learn") return Motion::kLearn;
  return std::nullopt;
}

Animation animation_of(Motion motion, const Source& source, Index frames) {
  return motion == Motion::kSweep ? sweep_animation(source, frames)
                                  : learn_animation(source, frames);
}

Animation titled(Animation animation, const std::string& title) {
  if (title.empty()) return animation;
  animation.frame = [frame = std::move(animation.frame), title](Index i) {
    Figure figure = frame(i);
    figure.title = title;
    return figure;
  };
  return animation;
}

AnimationFacts write_frames(const NumberedName& names, const Animation& animation,
                            const FigureLook& wanted, const Progress& progress) {
  const FigureLook look = steady_look(animation, wanted);
  require_file_target(names.of(1));
  const Raster first = raster(animation.frame(0), look);
  require_animation(animation, first.width, first.height);
  for (Index i = 0; i < animation.frames; ++i) {
    const Raster drawn = raster(animation.frame(i), look, Yx{first.height, first.width});
    write_png(names.of(i + 1), drawn.rgba, drawn.width, drawn.height);
    if (progress)
      progress("drawing", static_cast<double>(i + 1) / static_cast<double>(animation.frames));
  }
  return {animation.frames, first.width, first.height, true};
}

}  // namespace convscope::exports
