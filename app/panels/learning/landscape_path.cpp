#include "app/panels/learning/landscape_path.h"

#include <utility>

namespace convscope::panels {

void LandscapePath::follow(const QuadraticLoss& loss, const LandscapePlane& plane,
                           std::span<const KeyframePtr> keyframes, Index last) {
  std::vector<PlanePoint> projections;
  points_.clear();
  std::size_t known = 0;
  for (const KeyframePtr& frame : keyframes) {
    while (known < projected_.size() && projected_[known]->step < frame->step)
      ++known;
    const bool is_known = known < projected_.size() && projected_[known] == frame;
    projections.push_back(is_known ? projections_[known]
                                   : plane.project(loss.flattened(frame->parameters)));
    if (frame->step <= last) points_.push_back(projections.back());
  }
  projected_.assign(keyframes.begin(), keyframes.end());
  projections_ = std::move(projections);
}

}  // namespace convscope::panels
