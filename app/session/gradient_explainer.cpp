#include "app/session/gradient_explainer.h"

#include <utility>

namespace convscope::session {
namespace {

// For so few values of the error the sum takes tens of microseconds, and is computed at once.
constexpr Index kAtOnce = 1 << 14;
constexpr std::size_t kProducts = 5;
// Snapshots of a run may come faster than their sums are computed. The newest request therefore
// waits for the current one instead of stopping it.
constexpr std::chrono::hours kPatience{1};

}  // namespace

GradientExplainer::GradientExplainer(std::function<void()> wake)
    : worker_([](const Question& question,
                 const std::stop_token&) { return std::optional(answer(question)); },
              std::move(wake), {.patience = kPatience}) {}

void GradientExplainer::end_frame() {
  if (!std::exchange(wanted_, false) && asked_) {
    worker_.cancel();
    asked_.reset();
    answer_.reset();
  }
}

GradientExplainer::Answer GradientExplainer::answer(const Question& q) {
  return {q, explain_gradient(*q.problem, *q.error, q.weight, q.place, kProducts)};
}

const GradientSum* GradientExplainer::sum(const TrainingSnapshot& snapshot,
                                          const WeightPlace& place) {
  wanted_ = true;
  const Question question{snapshot.problem, snapshot.error, snapshot.gradient.shape(), place};
  if (std::optional<Answer> newest = worker_.take()) answer_ = std::move(newest);
  if (asked_ != question) {
    asked_ = question;
    if (question.error->numel() <= kAtOnce) {
      worker_.cancel();
      answer_ = answer(question);
    } else {
      worker_.submit(question);
    }
  }
  const bool fits = answer_ && answer_->question.problem == question.problem &&
                    answer_->question.weight == question.weight && answer_->question.place == place;
  return fits ? &answer_->sum : nullptr;
}

}  // namespace convscope::session
