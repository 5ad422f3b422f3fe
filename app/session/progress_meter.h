#pragma once

#include <atomic>

#include "engine/gram_sums.h"

namespace convscope {

// What the worker is doing that may take long.
struct TrainingProgress {
  enum class Work { kNone, kSums, kAnalysis };
  Work work = Work::kNone;
  double share = 1.0;  // that is done, 0 to 1
};

// Written by the worker, read by any thread.
class ProgressMeter {
 public:
  void begin(TrainingProgress::Work work) {
    share_ = 0.0;
    work_ = work;
  }
  Progress teller() {
    return [this](double share) { share_ = share; };
  }
  void end() { work_ = TrainingProgress::Work::kNone; }
  TrainingProgress read() const {
    const TrainingProgress::Work work = work_;
    return {work, work == TrainingProgress::Work::kNone ? 1.0 : share_.load()};
  }

 private:
  std::atomic<TrainingProgress::Work> work_{TrainingProgress::Work::kNone};
  std::atomic<double> share_{1.0};
};

}  // namespace convscope
