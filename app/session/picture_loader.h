#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/scene/actions.h"
#include "app/scene/scene.h"

namespace convscope {

// A picture that was read, or a stack of them, or one sentence why it was not.
struct LoadedPicture {
  InputScene input;
  bool is_target = false;  // `input` has the learning's target
  bool added = false;      // to the stack that there was
  std::string error;
};

// Reads pictures on a worker thread; the newest asked for wins. All members are called from one
// thread (the UI's).
class PictureLoader {
 public:
  // `wake` is called from the worker when a picture is there.
  explicit PictureLoader(std::function<void()> wake);
  ~PictureLoader();

  void load(const OpenPicture& wanted);
  std::optional<LoadedPicture> take();  // the finished one, once
  // The name of the file that is being read; empty while there is none.
  std::string loading() const;
  void cancel();
  void wait();  // until nothing is being read

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// What the worker does, on the calling thread.
LoadedPicture read_picture(const OpenPicture& wanted);

}  // namespace convscope
