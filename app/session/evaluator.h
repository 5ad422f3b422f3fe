#pragma once

#include <functional>
#include <memory>

#include "app/files/memory_limit.h"
#include "app/session/results.h"

namespace convscope {

// Evaluates scenes on a worker thread; the newest submitted scene wins, and one that takes long is
// cancelled when a newer one arrives. While a weight is dragged or the input painted on, the last
// outputs are brought up to date; a whole evaluation follows when nothing has changed for a moment.
// All members are called from one thread (the UI's).
class Evaluator {
 public:
  // `wake` is called from the worker when new results are there; it must be safe to call from any
  // thread (glfwPostEmptyEvent is). Results that would take more than `limit` are not computed:
  // their texts say so.
  explicit Evaluator(std::function<void()> wake, MemoryLimit limit = {});
  ~Evaluator();

  void submit(const Scene& scene);
  // The newest finished results; null until the first are there. Old ones stay until new ones are
  // whole.
  ResultsPtr results() const;
  bool busy() const;
  // Blocks until everything submitted is evaluated: for tests, and for drawing off screen.
  void wait();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// What the worker computes, on the calling thread. Errors a user can cause end in the results'
// texts.
Results evaluate(const Scene& scene, MemoryLimit limit = {});

}  // namespace convscope
