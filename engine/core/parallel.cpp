#include "engine/core/parallel.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#ifdef __linux__
#include <sched.h>
#endif

#include <algorithm>
#include <atomic>

namespace convscope::engine::fast {
namespace {

// Moves the running thread to another processor. Linux may queue a woken thread on the processor of
// the thread that woke it and leave it there for milliseconds while another processor is idle (seen
// with Linux 6.18 on two processors, where evaluations of up to a millisecond ran on one of them).
// The waker can move at once, which leaves this processor to the waiting thread.
void move_to_other_processor() {
#ifdef __linux__
  cpu_set_t allowed;
  const int here = sched_getcpu();
  if (here < 0 || sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  cpu_set_t others = allowed;
  CPU_CLR(static_cast<unsigned>(here), &others);
  if (CPU_COUNT(&others) == 0) return;
  sched_setaffinity(0, sizeof(others), &others);
  sched_setaffinity(0, sizeof(allowed), &allowed);
#endif
}

// After this many tasks a thread that still works alone steps aside; they take longer than a thread
// needs to wake up.
constexpr Index kTasksAlone = 8;

}  // namespace

Index worker_count() {
  return std::max(1, tbb::this_task_arena::max_concurrency());
}

Index rows_per_task(Index rows, Index row_work, Index block_rows) {
  constexpr Index kLeastTasks = 32;
  constexpr Index kLeastWork = Index{1} << 18;
  constexpr Index kMaxWork = Index{1} << 24;
  const Index work = std::clamp(rows * row_work / kLeastTasks, kLeastWork, kMaxWork);
  return block_rows * std::max<Index>(1, work / std::max<Index>(1, block_rows * row_work));
}

bool run_tasks(Index tasks, Index workers, const std::stop_token& stop, TaskRef work) {
  if (workers <= 1 || tasks <= 1) {
    for (Index task = 0; task < tasks; ++task) {
      if (stop.stop_requested()) return false;
      work(task, 0);
    }
    return !stop.stop_requested();
  }
  std::atomic<Index> next{0};
  std::atomic<int> threads{0};
  const auto loop = [&](Index worker) {
    threads.fetch_add(1, std::memory_order_relaxed);
    for (Index done = 1;; ++done) {
      const Index task = next.fetch_add(1, std::memory_order_relaxed);
      if (task >= tasks || stop.stop_requested()) return;
      work(task, worker);
      if (done == kTasksAlone && threads.load(std::memory_order_relaxed) == 1)
        move_to_other_processor();
    }
  };
  tbb::parallel_for(Index{0}, std::min(workers, tasks), loop, tbb::simple_partitioner());
  return !stop.stop_requested();
}

}  // namespace convscope::engine::fast
