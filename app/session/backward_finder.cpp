#include "app/session/backward_finder.h"

#include <chrono>
#include <utility>

namespace convscope::session {
namespace {

// The time for which a computation under way may delay a newer one: practically unlimited, so that
// during a drag or a sweep each is completed and not cancelled by the next.
constexpr std::chrono::hours kPatience{1};

}  // namespace

BackwardFinder::BackwardFinder(const std::function<void()>& wake)
    : worker_([limit = scene_memory_limit()](
                  const BackwardRequest& request,
                  const std::stop_token& stop) { return go_backward(request, stop, limit); },
              wake, {.patience = kPatience}),
      nudger_(nudge_effect, wake, {.patience = kPatience}) {}

void BackwardFinder::follow(const std::optional<BackwardRequest>& wanted) {
  if (!wanted) {  // frees the results, which may be large
    if (wanted_.results) worker_.cancel();
    wanted_ = {};
    found_.reset();
    return;
  }
  if (*wanted == wanted_) return;
  wanted_ = *wanted;
  worker_.submit(*wanted);
}

void BackwardFinder::follow_nudge(const std::optional<NudgeRequest>& wanted) {
  if (wanted == nudge_wanted_) return;
  nudge_wanted_ = wanted;
  if (wanted) {
    nudger_.submit(*wanted);
  } else {
    nudger_.cancel();
    nudged_.reset();
  }
}

void BackwardFinder::poll() {
  if (std::optional<BackwardResults> newest = worker_.take(); newest && wanted_.results)
    found_ = std::move(newest);
  if (std::optional<NudgeEffect> newest = nudger_.take(); newest && nudge_wanted_)
    nudged_ = std::move(newest);
}

void BackwardFinder::wait() {
  worker_.wait();
  nudger_.wait();
}

}  // namespace convscope::session
