#include "app/export/figure_saver.h"

#include <new>
#include <stop_token>
#include <utility>

#include "engine/core/error.h"

namespace convscope::exports {
namespace {

// Thrown where nobody waits for the file any more.
struct Stopped {};

AnimationFacts write_animation(const FigureRequest& wanted, const Progress& progress) {
  const AnimationRequest& animated = *wanted.animation;
  const Animation animation =
      titled(animation_of(animated.motion, wanted.source, animated.frames), wanted.options.title);
  FigureLook look = wanted.options.look;
  look.dark = wanted.source.dark;
  const std::string ending = wanted.path.extension().string();
  if (ending == ".png") return write_frames(frame_names(wanted.path), animation, look, progress);
  if (ending != ".gif")
    throw Error("\"" + wanted.path.string() +
                "\" is no name of an animation; it must end in .gif or .png");
  PendingFile file(wanted.path);
  const AnimationFacts facts = write_gif(file, animation, look, animated.rate, progress);
  file.commit();
  return facts;
}

void write_figure(const FigureRequest& wanted) {
  const std::optional<FileKind> kind = kind_of(wanted.path);
  if (!kind)
    throw Error("\"" + wanted.path.string() + "\" is no name of a figure; it must end in " +
                kFileKinds);
  PendingFile file(wanted.path);
  write_panel(file, *kind, wanted.panel, wanted.source, wanted.options);
  file.commit();
}

std::optional<SavedFigure> write(const FigureRequest& wanted, std::atomic<double>& share,
                                 const std::stop_token& stop) {
  SavedFigure saved{wanted.path, 0, ""};
  share = 0.0;
  try {
    if (wanted.animation) {
      saved.frames = write_animation(wanted, [&](const char*, double done) {
                       if (stop.stop_requested()) throw Stopped();
                       share = done;
                     }).frames;
    } else {
      write_figure(wanted);
    }
  } catch (const Stopped&) {
    return std::nullopt;
  } catch (const Error& error) {
    saved.error = error.what();
  } catch (const std::bad_alloc&) {
    saved.error = "\"" + wanted.path.string() + "\" can't be written: there is not enough memory";
  }
  return saved;
}

}  // namespace

NumberedName frame_names(const std::filesystem::path& path) {
  std::filesystem::path stem = path;
  stem.replace_extension();
  return {stem.string() + "-", path.extension().string(), 4};
}

FigureSaver::FigureSaver(std::function<void()> wake)
    : worker_([share = share_](const FigureRequest& wanted,
                               const std::stop_token& stop) { return write(wanted, *share, stop); },
              std::move(wake), {.order = WorkOrder::kAll}) {}

}  // namespace convscope::exports
