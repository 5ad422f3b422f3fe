#pragma once

#include <memory>
#include <vector>

#include "app/session/names.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/quadratic.h"

namespace convscope::session {

// A state of a run that the run can return to.
struct Keyframe {
  Index step = 0;  // number of steps taken before
  double loss = 0.0;
  Parameters parameters;
  Optimizer optimizer;
};
using KeyframePtr = std::shared_ptr<const Keyframe>;

// The largest memory of a run's keyframes in bytes. A hundred thousand weights with Adam's two
// means take 1.2 MB, so that such a run keeps about a hundred keyframes; the states between them
// are computed again.
inline constexpr std::size_t kKeyframeBytes = std::size_t{128} << 20;

// The keyframes of a run in ascending order. When they become too many or too large, every second
// one is dropped, and from then on only half as many steps become keyframes. The start is always
// kept.
class Keyframes {
 public:
  // Keeps at most `bytes` of keyframes besides the start.
  explicit Keyframes(std::size_t bytes) : bytes_(bytes) {}

  // Returns whether the state after `step` steps is to be kept.
  bool wants(Index step) const { return step % every_ == 0; }
  // Appends a keyframe, whose step must be after all others.
  void keep(Keyframe frame);
  // Drops the keyframes after `step`.
  void drop_after(Index step);
  // Returns the last keyframe at or before `step`, or else the first.
  const Keyframe& before(Index step) const;
  const std::vector<KeyframePtr>& all() const { return frames_; }

 private:
  std::vector<KeyframePtr> frames_;
  Index every_ = 1;  // only steps that are a multiple of this are kept
  std::size_t bytes_;
};

}  // namespace convscope::session
