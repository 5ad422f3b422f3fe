#pragma once

#include <stop_token>
#include <type_traits>
#include <utility>

#include "engine/core/tensor.h"

namespace convscope::fast {

// A reference to something callable with (task, worker), valid during the call it is passed to.
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

// Threads that run_tasks may use.
Index worker_count();

// Rows of a task where `rows` of them take `row_work` products each and come in blocks: so many
// tasks that the threads end together, and so few that each is worth its while, but is soon done.
Index rows_of_task(Index rows, Index row_work, Index block_rows);

// Calls work(task, worker) once for each task in [0, tasks), on up to `workers` threads, each of
// which takes the next task when it is done with one. `worker` < `workers` names the thread's
// scratch memory. Returns false, with some tasks left out, if `stop` was requested meanwhile.
bool run_tasks(Index tasks, Index workers, const std::stop_token& stop, TaskRef work);

}  // namespace convscope::fast
