#pragma once

#include <vector>

#include "app/session/trainer.h"

namespace convscope {

// The losses of a run in bounded memory: when there are too many points every second one is
// dropped, and from then on only every second (fourth, eighth ...) step is kept. The newest step is
// always there.
class LossHistory {
 public:
  void add(LossPoint point);
  const std::vector<LossPoint>& points() const { return points_; }

 private:
  std::vector<LossPoint> points_;
  Index every_ = 1;
};

}  // namespace convscope
