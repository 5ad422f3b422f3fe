#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "app/files/picture_input.h"
#include "app/session/array_loader.h"
#include "app/session/names.h"
#include "app/session/open_request.h"
#include "app/session/worker.h"

namespace convscope::session {

// A picture for the learning target.
struct TargetPicture {
  TensorPtr tensor;         // [N, C_out, H', W']
  std::string name;         // name of the file
  bool over_white = false;  // as in LoadedFile
};

// The content of a file, or one sentence why it can't be read.
struct LoadedFile {
  std::variant<InputScene, TargetPicture, Scene, LoadedArray, ArrayQuestion> content;
  bool added = false;       // whether the pictures were appended to the existing stack
  bool continues = false;   // whether the file continues the gesture of the previous one (Edit)
  std::size_t beside = 0;   // as in OpenScene
  bool over_white = false;  // whether a picture is partly transparent and was put on white
  std::string error;
  std::filesystem::path path;
  std::string address = {};  // as in OpenScene
};

// Reads pictures and scenes on a worker thread. A request for an input or a scene replaces all
// earlier requests; pictures for the stack and targets wait until the current file is read. All
// members are called from one thread (the UI's).
class FileLoader {
 public:
  // `wake` is called from the worker when a file has been read.
  explicit FileLoader(std::function<void()> wake);

  // Request a file. take() returns it once it is read.
  void load(const OpenPicture& wanted);
  void load(const OpenScene& wanted);
  void load(const OpenNumbers& wanted);
  // Returns the next finished file once, and starts the next waiting request. `stack` is the
  // current input tensor: a picture that was read for an older stack is read again for this one.
  std::optional<LoadedFile> take(const TensorPtr& stack);
  // Returns the name of the file being read; empty if there is none.
  std::string loading() const;
  // Drops all requests.
  void cancel();
  // Blocks until the current file is read.
  void wait() { worker_.wait(); }

 private:
  struct Request {
    std::variant<OpenPicture, OpenScene, OpenNumbers> file;
    int gesture = 0;
    int number = 0;  // sequence number of the request
  };
  struct Finished {
    LoadedFile file;
    Request request;
  };
  static std::optional<Finished> read(const Request& request, const std::stop_token& stop);
  void submit(Request request);

  std::string name_;  // name of the file being read; empty if there is none
  int number_ = 0;    // sequence number of the last request
  std::deque<Request> waiting_;
  // All sizes of one drag are one gesture and one step of undo, even if some of them were skipped.
  int gesture_ = 0;  // gesture of the last request
  int taken_ = -1;   // gesture of the last result that was taken
  Worker<Request, Finished> worker_;
};

// Reads one picture, or several as a stack, on the calling thread, into an input [N, C, H, W].
// Throws Error if a picture can't be read or doesn't fit the stack. Returns nullopt as soon as
// `stop` is requested.
std::optional<PictureInput> read_picture(const OpenPicture& wanted, const std::stop_token& stop);
InputScene read_picture(const OpenPicture& wanted);
// Reads a learning target for `wanted.target` [N, C_out, H', W']: resamples the picture to H' x W'
// and repeats its planes. Throws Error if it can't be read, and Cancelled if `stop` is requested.
TargetPicture read_target(const OpenPicture& wanted, const std::stop_token& stop = {});

}  // namespace convscope::session
