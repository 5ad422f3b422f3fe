#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "app/files/picture_input.h"
#include "app/session/open_request.h"
#include "app/session/worker.h"

namespace convscope {

struct TargetPicture {  // of the learning
  TensorPtr tensor;
  std::string name;
  bool over_white = false;
};

// What is in a file, or one sentence why it can't be read.
struct LoadedFile {
  std::variant<InputScene, TargetPicture, Scene> content;
  bool added = false;       // to the stack that there was
  bool continues = false;   // the gesture of the one before, as in Edit
  std::size_t beside = 0;   // as in OpenScene
  bool over_white = false;  // parts of a picture are seen through, and were put on white
  std::string error;
};

// Reads pictures and scenes on a worker thread. A new input or scene takes the place of all that
// was asked for before; pictures for the stack, and targets, wait until what is being read is
// there. All members are called from one thread (the UI's).
class FileLoader {
 public:
  // `wake` is called from the worker when a file is there.
  explicit FileLoader(std::function<void()> wake);

  void load(const OpenPicture& wanted);
  void load(const OpenScene& wanted);
  // The finished one, once; begins with the next that waits. `stack` is the input as it is now:
  // what was read for an older one is read again for this one.
  std::optional<LoadedFile> take(const TensorPtr& stack);
  // The name of the file that is being read; empty while there is none.
  std::string loading() const;
  void cancel();                   // all of them
  void wait() { worker_.wait(); }  // until the one that is being read is there

 private:
  struct Request {
    std::variant<OpenPicture, OpenScene> file;
    int gesture = 0;
    int number = 0;  // of all that were submitted
  };
  struct Finished {
    LoadedFile file;
    Request of;
  };
  static std::optional<Finished> read(const Request& request, const std::stop_token& stop);
  void submit(Request request);

  std::string name_;  // of what is being read; empty for nothing
  int number_ = 0;    // of what was submitted last
  std::deque<Request> waiting_;
  // Sizes of one drag are one gesture, and one step of undo, whichever of them were skipped.
  int gesture_ = 0;  // of what was asked for last
  int taken_ = -1;   // the last of which something was taken
  Worker<Request, Finished> worker_;
};

// What the worker does, on the calling thread: one picture, or several as a stack. Throws Error
// where one can't be read, and where it doesn't fit the stack. Nothing if stopped, which ends it at
// once.
std::optional<PictureInput> read_picture(const OpenPicture& wanted, const std::stop_token& stop);
InputScene read_picture(const OpenPicture& wanted);
// Its target scaled to that shape, its planes repeated. Throws likewise, and Cancelled if stopped.
TargetPicture read_target(const OpenPicture& wanted, const std::stop_token& stop = {});

}  // namespace convscope
