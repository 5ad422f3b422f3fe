#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/scene/input_change.h"
#include "app/session/names.h"
#include "app/session/worker.h"

namespace convscope::session {

// An input after a change.
struct ChangedInput {
  InputScene input;        // its tensor tells the cells that were changed
  bool continues = false;  // as in Edit
  std::string error;       // one sentence why it could not be; empty if it was
};

// Changes inputs, large ones on a worker thread, one change after the other. Changes that arrive
// during another one are carried out together, as far as they belong to one gesture. All members
// are called from one thread (the UI's).
class InputChanger {
 public:
  // `wake` is called from the worker when an input has been changed.
  explicit InputChanger(std::function<void()> wake);

  // Changes `now`, or the result of the changes under way. Returns the result at once if the input
  // is small.
  std::optional<ChangedInput> change(const InputScene& now, InputChange change);
  // Returns the next changed input, once; nullopt if no value differs.
  std::optional<ChangedInput> take();
  bool busy() const { return under_way_; }
  // Returns whether the change under way continues a gesture of which a result was taken already.
  bool continues() const { return under_way_ && !begins_; }
  void cancel();                   // all changes
  void wait() { worker_.wait(); }  // for the changes under way

 private:
  struct Request {
    InputScene before;
    std::vector<InputChange> changes;
  };
  void begin(const InputScene& before);
  std::optional<ChangedInput> finish(const TensorPtr& before, ChangedInput changed);

  std::deque<InputChange> waiting_;
  bool under_way_ = false;
  TensorPtr before_;     // tensor that the change under way began with
  bool begins_ = false;  // whether its gesture has not changed the input yet
  Worker<Request, ChangedInput> worker_;
};

}  // namespace convscope::session
