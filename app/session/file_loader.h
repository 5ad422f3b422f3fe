#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/scene/actions.h"
#include "app/session/worker.h"

namespace convscope {

struct TargetPicture {  // of the learning
  TensorPtr tensor;
  std::string name;
};

// What is in a file, or one sentence why it can't be read.
struct LoadedFile {
  std::variant<InputScene, TargetPicture, Scene> content;
  bool added = false;      // to the stack that there was
  bool continues = false;  // the gesture of the one before, as in Edit
  std::string error;
};

// Reads pictures and scenes on a worker thread; the newest asked for wins. All members are called
// from one thread (the UI's).
class FileLoader {
 public:
  // `wake` is called from the worker when a file is there.
  explicit FileLoader(std::function<void()> wake);

  void load(const OpenPicture& wanted);
  void load(const OpenScene& wanted);
  std::optional<LoadedFile> take();  // the finished one, once
  // The name of the file that is being read; empty while there is none.
  std::string loading() const;
  void cancel() { worker_.cancel(); }
  void wait() { worker_.wait(); }  // until nothing is being read

 private:
  struct Request {
    std::variant<OpenPicture, OpenScene> file;
    int gesture = 0;
  };
  struct Finished {
    LoadedFile file;
    int gesture = 0;
  };
  static Finished read(const Request& request);
  void submit(Request request, const std::filesystem::path& path);

  std::string name_;  // of what was asked for last
  // Sizes of one drag are one gesture, and one step of undo, whichever of them were skipped.
  int gesture_ = 0;  // of what was asked for last
  int taken_ = -1;   // the last of which something was taken
  Worker<Request, Finished> worker_;
};

// What the worker does, on the calling thread: one picture, or several as a stack. Throws Error
// where one can't be read, and where it doesn't fit the stack.
InputScene read_picture(const OpenPicture& wanted);
// Its target scaled to that shape, its planes repeated. Throws likewise.
TargetPicture read_target(const OpenPicture& wanted);

}  // namespace convscope
