#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "app/files/picture_input.h"
#include "app/session/names.h"
#include "app/session/open_request.h"
#include "app/session/worker.h"

namespace convscope::session {

// A picture for the learning target.
struct TargetPicture {
  TensorPtr tensor;
  std::string name;
  bool over_white = false;
};

// The content of a file, or one sentence why it can't be read.
struct LoadedFile {
  std::variant<InputScene, TargetPicture, Scene> content;
  bool added = false;       // to the existing stack
  bool continues = false;   // the gesture of the previous one, as in Edit
  std::size_t beside = 0;   // as in OpenScene
  bool over_white = false;  // whether a picture is partly transparent and was put on white
  std::string error;
};

// Reads pictures and scenes on a worker thread. A request for an input or a scene replaces all
// earlier requests; pictures for the stack and targets wait until the current file is read. All
// members are called from one thread (the UI's).
class FileLoader {
 public:
  // `wake` is called from the worker when a file has been read.
  explicit FileLoader(std::function<void()> wake);

  void load(const OpenPicture& wanted);
  void load(const OpenScene& wanted);
  // Returns the next finished file once, and starts the next waiting request. `stack` is the
  // current input tensor: a picture that was read for an older stack is read again for this one.
  std::optional<LoadedFile> take(const TensorPtr& stack);
  // Returns the name of the file being read; empty if there is none.
  std::string loading() const;
  void cancel();                   // all requests
  void wait() { worker_.wait(); }  // until the current file is read

 private:
  struct Request {
    std::variant<OpenPicture, OpenScene> file;
    int gesture = 0;
    int number = 0;  // sequence number of the request
  };
  struct Finished {
    LoadedFile file;
    Request of;
  };
  static std::optional<Finished> read(const Request& request, const std::stop_token& stop);
  void submit(Request request);

  std::string name_;  // of the file being read; empty if there is none
  int number_ = 0;    // sequence number of the last request
  std::deque<Request> waiting_;
  // All sizes of one drag are one gesture and one step of undo, even if some of them were skipped.
  int gesture_ = 0;  // of the last request
  int taken_ = -1;   // last gesture with a result that was taken
  Worker<Request, Finished> worker_;
};

// Does the worker's task on the calling thread: reads one picture, or several as a stack. Throws
// Error if one can't be read or doesn't fit the stack. Returns nullopt as soon as it is stopped.
std::optional<PictureInput> read_picture(const OpenPicture& wanted, const std::stop_token& stop);
InputScene read_picture(const OpenPicture& wanted);
// Reads a learning target, resampled to the requested shape and with its planes repeated. Throws
// Error likewise, and Cancelled if stopped.
TargetPicture read_target(const OpenPicture& wanted, const std::stop_token& stop = {});

}  // namespace convscope::session
