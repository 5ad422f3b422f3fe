#include "app/session/evaluator.h"

#include <utility>

#include "app/session/scene_evaluation.h"
#include "app/session/worker.h"

namespace convscope::session {
namespace {

// An evaluation that takes no longer than this is finished even if a newer scene arrives, so that
// something is shown during a drag.
constexpr std::chrono::milliseconds kPatience{100};
// After this time without changes, the rounding errors of updates are removed.
constexpr std::chrono::milliseconds kQuiet{100};

}  // namespace

Results evaluate(const Scene& scene, MemoryLimit limit) {
  return **SceneEvaluation(std::move(limit)).evaluate(scene, true, {});
}

class Evaluator::Impl {
 public:
  Impl(std::function<void()> wake, MemoryLimit limit)
      : evaluation_(std::move(limit)),
        worker_(
            [this](const Scene& scene, const std::stop_token& stop) {
              return evaluation_.evaluate(scene, false, stop);
            },
            std::move(wake),
            {.patience = kPatience,
             .when_quiet = [this](const std::stop_token& stop) { return evaluation_.refine(stop); },
             .quiet = kQuiet}) {}

  void submit(const Scene& scene) { worker_.submit(scene); }

  ResultsPtr results() {
    if (std::optional<ResultsPtr> newest = worker_.take()) results_ = std::move(*newest);
    return results_;
  }

  bool busy() const { return worker_.busy(); }
  void wait() { worker_.wait(); }

 private:
  SceneEvaluation evaluation_;  // used by the worker only
  ResultsPtr results_;
  Worker<Scene, ResultsPtr> worker_;
};

Evaluator::Evaluator(std::function<void()> wake, MemoryLimit limit)
    : impl_(std::make_unique<Impl>(std::move(wake), std::move(limit))) {}
Evaluator::~Evaluator() = default;
void Evaluator::submit(const Scene& scene) {
  impl_->submit(scene);
}
ResultsPtr Evaluator::results() const {
  return impl_->results();
}
bool Evaluator::busy() const {
  return impl_->busy();
}
void Evaluator::wait() {
  impl_->wait();
}

}  // namespace convscope::session
