#include "engine/fast/parallel.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace convscope::fast {

Index worker_count() {
  return std::max(1, tbb::this_task_arena::max_concurrency());
}

Index rows_of_task(Index rows, Index row_work, Index block_rows) {
  constexpr Index kLeastTasks = 32;
  constexpr Index kLeastWork = Index{1} << 18;
  constexpr Index kMostWork = Index{1} << 24;
  const Index work = std::clamp(rows * row_work / kLeastTasks, kLeastWork, kMostWork);
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
