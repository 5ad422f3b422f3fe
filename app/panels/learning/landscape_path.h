#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/panels/learning/loss_panel.h"
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

// The paths of the run and of the runs beside it.
struct LandscapePaths {
  LandscapePath run;
  // Those that learn beside it, then the frozen copies, as in the chart of the loss; empty for a
  // copy that learned something else.
  std::vector<LandscapePath> beside;
  std::uint64_t version = 0;  // version of the snapshot that the paths come from
};

// Projects the keyframes and the current parameters of a new snapshot, which must have an analysis,
// and the keyframes of the runs beside it, of which `kept` are frozen copies.
void follow_runs(const TrainingSnapshot& training, std::uint64_t version,
                 std::span<const KeptRun> kept, const LandscapePlane& plane, LandscapePaths& paths);

// Returns what the runs beside the current one are called, as in the chart of the loss; an empty
// name for one without a path.
std::vector<std::string> beside_names(const TrainingSnapshot& training,
                                      std::span<const KeptRun> kept, const LandscapePaths& paths);

}  // namespace convscope::panels
