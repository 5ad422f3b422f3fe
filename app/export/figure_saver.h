#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/export/animation_file.h"
#include "app/export/names.h"
#include "app/export/panel_file.h"
#include "app/session/worker.h"

namespace convscope::exports {

// How an animation is written instead of a figure of a panel.
struct AnimationRequest {
  Motion motion = Motion::kSweep;
  Index frames = kMaxFrames;  // at most
  int rate = 20;              // frames a second of a GIF
};

// A figure to write into a file. Its kind follows from the file's name: that of an animation is a
// .gif, or a .png, before whose ending each frame gets its number.
struct FigureRequest {
  std::filesystem::path path;
  Panel panel = Panel::kOutput;
  std::optional<AnimationRequest> animation;
  Source source;
  PictureOptions options;
};

// Returns the names of the pictures of an animation: of "a.png" they are "a-0001.png" and so on.
NumberedName frame_names(const std::filesystem::path& path);

// What became of it.
struct SavedFigure {
  std::filesystem::path path;
  Index frames = 0;   // of an animation
  std::string error;  // one sentence without full stop why it was not written; empty if it was
};

// Draws figures and writes them into files on a worker thread, one after the other. The destructor
// waits until all are written. All members are called from one thread (the UI's).
class FigureSaver {
 public:
  // `wake` is called from the worker when a figure was written or could not be.
  explicit FigureSaver(std::function<void()> wake);

  void save(FigureRequest request) { worker_.submit(std::move(request)); }
  // Drops what is not written yet. The frames that an animation has as pictures already stay.
  void cancel() { worker_.cancel(); }
  // Returns each finished figure once.
  std::optional<SavedFigure> take() { return worker_.take(); }
  bool busy() const { return worker_.busy(); }
  // Returns the share of the animation under way that is done.
  double share() const { return *share_; }
  // Blocks until all are written.
  void wait() { worker_.wait(); }

 private:
  std::shared_ptr<std::atomic<double>> share_ = std::make_shared<std::atomic<double>>(0.0);
  Worker<FigureRequest, SavedFigure> worker_;
};

}  // namespace convscope::exports
