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
  InputScene input;        // the revision of its tensor knows which cells were changed
  bool continues = false;  // as in Edit
  std::string error;       // one sentence why the change failed; empty on success
};

// Changes inputs one change after the other, large inputs on a worker thread. Changes that arrive
// while another one is under way are carried out together, as far as they belong to one gesture.
// All members are called from one thread (the UI's).
class InputChanger {
 public:
  // `wake` is called from the worker when an input has been changed.
  explicit InputChanger(std::function<void()> wake);

  // Changes `now` or, if changes are under way, their result. Returns the changed input at once if
  // it is small; otherwise take() returns it later.
  std::optional<ChangedInput> change(const InputScene& now, InputChange change);
  // Returns the next changed input once; nullopt if none is finished or no value differs.
  std::optional<ChangedInput> take();
  // Returns whether a change is under way.
  bool busy() const { return under_way_; }
  // Returns whether the change under way belongs to a gesture that has already changed the input.
  bool continues() const { return under_way_ && !begins_; }
  // Drops all changes.
  void cancel();
  // Blocks until the changes under way are finished.
  void wait() { worker_.wait(); }

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
  bool begins_ = false;  // whether the gesture under way has not changed the input yet
  Worker<Request, ChangedInput> worker_;
};

}  // namespace convscope::session
