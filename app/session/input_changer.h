#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/scene/input_change.h"
#include "app/session/worker.h"

namespace convscope {

// An input that was changed.
struct ChangedInput {
  InputScene input;        // its tensor tells the cells that were changed
  bool continues = false;  // as in Edit
  std::string error;       // one sentence why it could not be; empty if it was
};

// Changes inputs, large ones on a worker thread, one change after the other. What has come while
// one was under way is carried out together, as far as it is one gesture. All members are called
// from one thread (the UI's).
class InputChanger {
 public:
  // `wake` is called from the worker when an input was changed.
  explicit InputChanger(std::function<void()> wake);

  // Changes `now`, or what will have become of it; gives a small one at once.
  std::optional<ChangedInput> change(const InputScene& now, InputChange change);
  // The next one that was changed, once. Nothing where no value differs.
  std::optional<ChangedInput> take();
  bool busy() const { return under_way_; }
  // What is under way goes on with a gesture of which something was taken.
  bool continues() const { return under_way_ && !begins_; }
  void cancel();                   // all of them
  void wait() { worker_.wait(); }  // for those that are under way

 private:
  struct Request {
    InputScene before;
    std::vector<InputChange> changes;
  };
  void begin(const InputScene& before);
  std::optional<ChangedInput> finish(const TensorPtr& before, ChangedInput changed);

  std::deque<InputChange> waiting_;
  bool under_way_ = false;
  TensorPtr before_;     // of what is under way
  bool begins_ = false;  // the gesture, of which nothing has changed the input yet
  Worker<Request, ChangedInput> worker_;
};

}  // namespace convscope
