#include "engine/core/background_thread.h"

#include <tbb/task_scheduler_observer.h>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <new>
#include <optional>

namespace convscope::engine {
namespace {

void lower_priority() {
#ifdef __linux__
  constexpr int kNice = 5;
  // On Linux each thread has its own nice value.
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  if (getpriority(PRIO_PROCESS, thread) < kNice) setpriority(PRIO_PROCESS, thread, kNice);
#endif
}

// Lowers the priority of every TBB thread that joins work of the thread that made this object.
class Helpers : public tbb::task_scheduler_observer {
 public:
  Helpers() { observe(true); }
  ~Helpers() override { observe(false); }
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;
  void on_scheduler_entry(bool) override { lower_priority(); }
};

}  // namespace

void work_in_background() {
  thread_local std::optional<Helpers> helpers;
  lower_priority();
  try {
    if (!helpers) helpers.emplace();
  } catch (const std::bad_alloc&) {
    // Without the observer the joining threads keep their priority: frames are drawn a little
    // later.
  }
}

}  // namespace convscope::engine
