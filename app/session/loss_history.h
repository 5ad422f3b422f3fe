#pragma once

#include <limits>
#include <vector>

#include "app/session/names.h"
#include "engine/core/tensor.h"

namespace convscope::session {

// The loss of a run at one step.
struct LossPoint {
  Index step = 0;     // number of steps taken before
  double loss = 0.0;  // loss before the next update, as the notebook prints it
  // Distance to the exact solution in parameter space; NaN if unknown.
  double distance = std::numeric_limits<double>::quiet_NaN();
};

// The losses of a run in bounded memory. When there are too many points every second one is
// dropped, and from then on only every second (fourth, eighth ...) step is kept. The newest step is
// always included.
class LossHistory {
 public:
  // Appends a point, whose step must be after all others.
  void add(LossPoint point);
  // Drops the points after `step`.
  void drop_after(Index step);
  // Sets the distance of points()[point].
  void set_distance(std::size_t point, double distance) { points_[point].distance = distance; }
  const std::vector<LossPoint>& points() const { return points_; }

 private:
  std::vector<LossPoint> points_;
  Index every_ = 1;  // only steps that are a multiple of this are kept
};

}  // namespace convscope::session
