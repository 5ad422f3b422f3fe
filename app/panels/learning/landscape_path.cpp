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

void follow_runs(const TrainingSnapshot& training, std::uint64_t version,
                 std::span<const KeptRun> kept, const LandscapePlane& plane,
                 LandscapePaths& paths) {
  const std::size_t learning = training.compared.size();
  if (paths.version == version && paths.beside.size() == learning + kept.size()) return;
  paths.version = version;
  const QuadraticLoss& loss = *training.analysis->loss;
  paths.run.follow(loss, plane, training.keyframes, training.step);
  paths.run.add(plane.project(loss.flattened({training.weight, training.bias})));
  paths.beside.resize(learning + kept.size());
  for (std::size_t i = 0; i < learning; ++i)
    paths.beside[i].follow(loss, plane, training.compared[i].keyframes, training.step);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    LandscapePath& path = paths.beside[learning + i];
    if (kept[i].loss == training.analysis->loss)
      path.follow(loss, plane, kept[i].keyframes, kept[i].keyframes.back()->step);
    else
      path = LandscapePath();
  }
}

std::vector<std::string> beside_names(const TrainingSnapshot& training,
                                      std::span<const KeptRun> kept, const LandscapePaths& paths) {
  std::vector<std::string> names;
  for (const ComparedHistory& beside : training.compared)
    names.push_back(run_label(beside.run));
  for (const KeptRun& run : kept)
    names.push_back(run.label);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (paths.beside[i].points().empty()) names[i].clear();
  }
  return names;
}

}  // namespace convscope::panels
