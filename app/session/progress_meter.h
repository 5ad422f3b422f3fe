#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "app/session/names.h"
#include "engine/learning/gram_sums.h"

namespace convscope::session {

// The progress of work that may take long.
struct TrainingProgress {
  enum class Work { kNone, kSums, kAnalysis, kReplay };
  Work work = Work::kNone;
  double share = 1.0;  // finished share of the work, 0 to 1
};

// The progress of a trainer's worker, readable from any thread.
class ProgressMeter {
 public:
  // Begins to report the progress of `work`.
  void begin(TrainingProgress::Work work) {
    share_ = 0.0;
    work_ = work;
  }
  // Returns a function that takes the finished share of the work.
  Progress reporter() {
    return [this](double share) { share_ = share; };
  }
  // Returns the same for work that is usually short: it begins to report after `patience`, and then
  // calls `wake` once.
  Progress patient_reporter(TrainingProgress::Work work, std::chrono::milliseconds patience,
                            std::function<void()> wake) {
    const Clock::time_point due = Clock::now() + patience;
    return [this, work, due, wake = std::move(wake)](double share) {
      if (work_ != work) {
        if (Clock::now() < due) return;
        begin(work);
        wake();
      }
      share_ = share;
    };
  }
  // Ends the reported work.
  void end() { work_ = TrainingProgress::Work::kNone; }
  // Returns the current progress; kNone if no work is reported.
  TrainingProgress read() const {
    const TrainingProgress::Work work = work_;
    return {work, work == TrainingProgress::Work::kNone ? 1.0 : share_.load()};
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::atomic<TrainingProgress::Work> work_{TrainingProgress::Work::kNone};
  std::atomic<double> share_{1.0};
};

}  // namespace convscope::session
