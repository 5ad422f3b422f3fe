#include "engine/fast/parallel.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace convscope::fast {

Index worker_count() {
  return std::max(1, tbb::this_task_arena::max_concurrency());
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
  const auto loop = [&](Index worker) {
    for (;;) {
      const Index task = next.fetch_add(1, std::memory_order_relaxed);
      if (task >= tasks || stop.stop_requested()) return;
      work(task, worker);
    }
  };
  tbb::parallel_for(Index{0}, std::min(workers, tasks), loop, tbb::simple_partitioner());
  return !stop.stop_requested();
}

}  // namespace convscope::fast
