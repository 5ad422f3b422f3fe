#pragma once

#include <memory>
#include <vector>

#include "app/session/names.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic.h"

namespace convscope::session {

// A state of a run to go back to.
struct Keyframe {
  Index step = 0;
  double loss = 0.0;
  Parameters parameters;
  Optimizer optimizer;
};
using KeyframePtr = std::shared_ptr<const Keyframe>;

// The most bytes of a run's keyframes. A hundred thousand weights with Adam's two means take 1.2
// MB, so that such a run keeps about a hundred states; those in between are computed again.
inline constexpr std::size_t kKeyframeBytes = std::size_t{128} << 20;

// The states that a run keeps, ascending. When they become too many or too large every second one
// is forgotten, and from then on every second one is not kept. The start always is.
class Keyframes {
 public:
  explicit Keyframes(std::size_t bytes) : bytes_(bytes) {}

  bool wants(Index step) const { return step % every_ == 0; }
  void keep(Keyframe frame);  // behind those that there are
  void drop_after(Index step);
  // The last one at or before `step`, else the start.
  const Keyframe& before(Index step) const;
  const std::vector<KeyframePtr>& all() const { return frames_; }

 private:
  std::vector<KeyframePtr> frames_;
  Index every_ = 1;
  std::size_t bytes_;
};

}  // namespace convscope::session
