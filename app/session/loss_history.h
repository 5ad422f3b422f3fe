#pragma once

#include <vector>

#include "engine/tensor.h"

namespace convscope {

struct LossPoint {
  Index step = 0;     // steps taken before this loss was measured
  double loss = 0.0;  // before the update, as the notebook prints it
};

// The losses of a run in bounded memory: when there are too many points every second one is
// dropped, and from then on only every second (fourth, eighth ...) step is kept. The newest step is
// always there.
class LossHistory {
 public:
  void add(LossPoint point);
  void drop_after(Index step);
  const std::vector<LossPoint>& points() const { return points_; }

 private:
  std::vector<LossPoint> points_;
  Index every_ = 1;
};

}  // namespace convscope
