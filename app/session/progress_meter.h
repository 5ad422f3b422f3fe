#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "app/session/names.h"
#include "engine/learning/gram_sums.h"

namespace convscope::session {

// What the worker is doing, if that may take long.
struct TrainingProgress {
  enum class Work { kNone, kSums, kAnalysis, kReplay };
  Work work = Work::kNone;
  double share = 1.0;  // finished share of the work, 0 to 1
};

// The progress of the worker, readable from any thread.
class ProgressMeter {
 public:
  void begin(TrainingProgress::Work work) {
    share_ = 0.0;
    work_ = work;
  }
  Progress teller() {
    return [this](double share) { share_ = share; };
  }
  // For work that is usually short: progress is only reported after `patience`, and `wake` is
  // called then.
  Progress patient_teller(TrainingProgress::Work work, std::chrono::milliseconds patience,
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
  void end() { work_ = TrainingProgress::Work::kNone; }
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
