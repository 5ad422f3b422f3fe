#include "app/program/view/pen.h"

#include <cmath>

namespace convscope::program {
namespace {

constexpr float kApart = 0.003f;  // of the window's height

}  // namespace

void Pen::begin(WindowPoint at) {
  if (strokes_.size() == kMaxPenStrokes) {
    points_ -= strokes_.front().points.size();
    strokes_.erase(strokes_.begin());
  }
  strokes_.push_back({color, {at}});
  ++points_;
  drawing_ = true;
}

void Pen::go_on(WindowPoint at, float aspect) {
  if (!drawing_ || strokes_.empty()) return;
  std::vector<WindowPoint>& points = strokes_.back().points;
  const WindowPoint& last = points.back();
  if (std::hypot((at.x - last.x) * aspect, at.y - last.y) < kApart) return;
  points.push_back(at);
  if (++points_ > kMaxPenPoints) thin_out();
}

void Pen::undo() {
  if (strokes_.empty()) return;
  points_ -= strokes_.back().points.size();
  strokes_.pop_back();
  drawing_ = false;
}

void Pen::clear() {
  strokes_.clear();
  points_ = 0;
  drawing_ = false;
}

// Takes every second point away, but for the ends of the strokes.
void Pen::thin_out() {
  points_ = 0;
  for (PenStroke& stroke : strokes_) {
    std::vector<WindowPoint>& points = stroke.points;
    const WindowPoint end = points.back();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.size(); i += 2)
      points[kept++] = points[i];
    points.resize(kept);
    if (!(points.back() == end)) points.push_back(end);
    points_ += points.size();
  }
}

}  // namespace convscope::program
