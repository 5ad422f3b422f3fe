#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/panels/names.h"
#include "app/session/training_snapshot.h"
#include "engine/learning/landscape.h"

namespace convscope::panels {

// The path of a run on a plane of the parameters. Its keyframes and their projections are kept, so
// that each keyframe is projected only once.
class LandscapePath {
 public:
  // Takes over the keyframes. The path ends at step `last`.
  void follow(const QuadraticLoss& loss, const LandscapePlane& plane,
              std::span<const KeyframePtr> keyframes, Index last);
  void add(PlanePoint point) { points_.push_back(point); }
  const std::vector<PlanePoint>& points() const { return points_; }

 private:
  std::vector<PlanePoint> points_;
  std::vector<KeyframePtr> projected_;
  std::vector<PlanePoint> projections_;  // the projections of `projected_`
};

// The paths of the run and of the compared runs.
struct LandscapePaths {
  LandscapePath run;
  std::vector<LandscapePath> compared;
  std::uint64_t version = 0;  // version of the snapshot that the paths come from
};

}  // namespace convscope::panels
