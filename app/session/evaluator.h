#pragma once

#include <functional>
#include <memory>

#include "app/files/memory_limit.h"
#include "app/session/names.h"
#include "app/session/results.h"

namespace convscope::session {

// Evaluates scenes on a worker thread. The newest submitted scene wins, and a long evaluation is
// cancelled when a newer one arrives. While a weight is dragged or the input painted, the last
// outputs are updated; a full evaluation follows when nothing has changed for a moment. All members
// are called from one thread (the UI's).
class Evaluator {
 public:
  // `wake` is called from the worker when there are new results; it must be safe to call from any
  // thread (glfwPostEmptyEvent is). Results that need more than `limit` are not computed, and their
  // error texts say so.
  explicit Evaluator(std::function<void()> wake, MemoryLimit limit = {});
  ~Evaluator();

  // Starts to evaluate `scene`.
  void submit(const Scene& scene);
  // Returns the newest finished results; null before the first. Old results stay until new ones are
  // complete.
  ResultsPtr results() const;
  // Returns whether an evaluation is under way or due.
  bool busy() const;
  // Blocks until everything submitted is evaluated, for tests and for drawing off screen.
  void wait();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Computes on the calling thread what the worker computes. Errors that a user can cause are
// returned in the results' error texts.
Results evaluate(const Scene& scene, MemoryLimit limit = {});

}  // namespace convscope::session
