#include "app/session/loss_history.h"

namespace convscope::session {
namespace {

constexpr std::size_t kMaxPoints = 4096;

}  // namespace

void LossHistory::add(LossPoint point) {
  // The last point is always there, but stays behind the new one only if its step is to be kept.
  if (points_.size() > 1 && points_.back().step % every_ != 0) points_.pop_back();
  points_.push_back(point);
  if (points_.size() <= kMaxPoints) return;
  every_ *= 2;
  std::erase_if(points_,
                [&](const LossPoint& p) { return p.step % every_ != 0 && p.step != point.step; });
}

void LossHistory::drop_after(Index step) {
  while (!points_.empty() && points_.back().step > step)
    points_.pop_back();
}

}  // namespace convscope::session
