#include "app/session/evaluator.h"

#include <utility>

#include "app/session/scene_evaluation.h"
#include "app/session/worker.h"

namespace convscope {
namespace {

// An evaluation that takes no longer is finished even where a newer scene is there: a drag shows
// something on its way.
constexpr std::chrono::milliseconds kPatience{100};
// When nothing has changed for so long, what updates have added of rounding errors is removed.
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
  SceneEvaluation evaluation_;  // the worker's
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

}  // namespace convscope
