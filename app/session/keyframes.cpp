#include "app/session/keyframes.h"

#include <algorithm>
#include <utility>

namespace convscope::session {
namespace {

constexpr std::size_t kMaxKeyframes = 512;

// Returns the memory of a keyframe: all parameters and what the optimizer keeps for each.
std::size_t bytes_of(const Keyframe& frame) {
  const auto count =
      static_cast<std::size_t>(frame.parameters.weight.numel()) + frame.parameters.bias.size();
  return sizeof(Keyframe) + count * sizeof(float) * (1 + frame.optimizer.values_kept());
}

}  // namespace

void Keyframes::keep(Keyframe frame) {
  const std::size_t max_frames = std::min(kMaxKeyframes, bytes_ / bytes_of(frame));
  frames_.push_back(std::make_shared<const Keyframe>(std::move(frame)));
  while (frames_.size() > 1 && frames_.size() > max_frames) {
    every_ *= 2;
    std::erase_if(frames_, [&](const KeyframePtr& kept) { return !wants(kept->step); });
  }
}

void Keyframes::drop_after(Index step) {
  while (frames_.back()->step > step)
    frames_.pop_back();
}

const Keyframe& Keyframes::before(Index step) const {
  const auto after = std::ranges::upper_bound(frames_, step, {},
                                              [](const KeyframePtr& frame) { return frame->step; });
  return after == frames_.begin() ? **after : **std::prev(after);
}

}  // namespace convscope::session
