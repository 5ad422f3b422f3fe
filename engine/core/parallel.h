#pragma once

#include <stop_token>
#include <type_traits>
#include <utility>

#include "engine/core/tensor.h"

namespace convscope::engine::fast {

// A non-owning reference to a callable work(task, worker), valid during the call it is passed to.
class TaskRef {
 public:
  template <typename F>
  TaskRef(F& work)  // NOLINT(google-explicit-constructor): made only to be passed on
      : object_(&work), call_([](void* object, Index task, Index worker) {
          (*static_cast<F*>(object))(task, worker);
        }) {}
  void operator()(Index task, Index worker) const { call_(object_, task, worker); }

 private:
  void* object_;
  void (*call_)(void*, Index, Index);
};

// Returns the number of threads that run_tasks may use.
Index worker_count();

// Returns how many rows make one task, in whole blocks of `block_rows`. `rows` is the number of all
// rows and `row_work` the number of products of one. There are enough tasks for the threads to
// finish together, each is large enough to be worth scheduling, and short enough to stop soon.
Index rows_per_task(Index rows, Index row_work, Index block_rows);

// Calls work(task, worker) once for each task in [0, tasks), on up to `workers` threads. A thread
// takes the next task when it has finished one; `worker`, in [0, workers), tells it which scratch
// memory is its own. Returns false, with some tasks not run, if `stop` was requested meanwhile.
bool run_tasks(Index tasks, Index workers, const std::stop_token& stop, TaskRef work);

}  // namespace convscope::engine::fast
