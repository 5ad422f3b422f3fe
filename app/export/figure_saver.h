#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/export/names.h"
#include "app/export/panel_file.h"
#include "app/session/worker.h"

namespace convscope::exports {

// A figure to write into a file. Its kind follows from the file's name.
struct FigureRequest {
  std::filesystem::path path;
  Panel panel = Panel::kOutput;
  Source source;
  PictureOptions options;
};

// What became of it.
struct SavedFigure {
  std::filesystem::path path;
  std::string error;  // one sentence without full stop why it was not written; empty if it was
};

// Draws figures and writes them into files on a worker thread, one after the other. The destructor
// waits until all are written. All members are called from one thread (the UI's).
class FigureSaver {
 public:
  // `wake` is called from the worker when a figure was written or could not be.
  explicit FigureSaver(std::function<void()> wake);

  void save(FigureRequest request) { worker_.submit(std::move(request)); }
  // Returns each finished figure once.
  std::optional<SavedFigure> take() { return worker_.take(); }
  bool busy() const { return worker_.busy(); }
  // Blocks until all are written.
  void wait() { worker_.wait(); }

 private:
  Worker<FigureRequest, SavedFigure> worker_;
};

}  // namespace convscope::exports
