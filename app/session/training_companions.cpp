#include "app/session/training_companions.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace convscope::session {
namespace {

bool is_behind(const TrainingRun& run, Index step) {
  return run.can_step() && run.step_count() < step;
}

// These runs are never rewound: their states are only kept to show where they went.
constexpr std::size_t kWayBytes = kKeyframeBytes / 16;

std::vector<KeyframePtr> way_of(const TrainingRun& run) {
  std::vector<KeyframePtr> way = run.keyframes();
  if (run.learner() != nullptr && (way.empty() || way.back()->step != run.step_count())) {
    way.push_back(std::make_shared<const Keyframe>(
        Keyframe{run.step_count(), run.loss(), run.learner()->parameters(), run.optimizer()}));
  }
  return way;
}

}  // namespace

void TrainingCompanions::set(const std::vector<ComparedRun>& wanted,
                             const TrainingProblemPtr& problem, const TrainingSetup& setup) {
  std::vector<Companion> before;
  if (problem == problem_ && setup == setup_) before = std::move(companions_);
  problem_ = problem;
  setup_ = setup;
  companions_.clear();
  for (const ComparedRun& what : wanted) {
    const auto found =
        std::ranges::find_if(before, [&](const Companion& c) { return c.run && c.what == what; });
    if (found != before.end()) {
      companions_.push_back(std::move(*found));
      continue;
    }
    TrainingSetup own = setup;
    own.optimizer.kind = what.optimizer;
    companions_.push_back({what, std::make_unique<TrainingRun>(problem, own, kWayBytes)});
  }
}

bool TrainingCompanions::behind(Index step) const {
  return std::ranges::any_of(companions_,
                             [&](const Companion& c) { return is_behind(*c.run, step); });
}

void TrainingCompanions::advance(Index step, const std::stop_token& stop, int milliseconds) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point latest = Clock::now() + std::chrono::milliseconds(milliseconds);
  // Advances the runs alternately, so that their curves grow together.
  constexpr Index kStride = 16;
  while (behind(step)) {
    for (const Companion& c : companions_) {
      for (Index k = 0; k < kStride && is_behind(*c.run, step); ++k)
        c.run->step(c.what.rate);
      if (stop.stop_requested() || Clock::now() > latest) return;
    }
  }
}

std::vector<ComparedHistory> TrainingCompanions::histories() const {
  std::vector<ComparedHistory> result;
  for (const Companion& c : companions_)
    result.push_back({c.what, c.run->history(), way_of(*c.run)});
  return result;
}

}  // namespace convscope::session
