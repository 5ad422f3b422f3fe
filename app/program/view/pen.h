#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "app/program/names.h"

namespace convscope::program {

// A point of the window: shares of its width and height, so that it keeps its place in a window of
// another size.
struct WindowPoint {
  float x = 0.0f, y = 0.0f;
  friend bool operator==(const WindowPoint&, const WindowPoint&) = default;
};

struct PenStroke {
  std::size_t color = 0;  // of look::kPenColors
  std::vector<WindowPoint> points;
};

// What may be kept of the strokes.
inline constexpr std::size_t kMaxPenPoints = 6000;
inline constexpr std::size_t kMaxPenStrokes = 400;

// The pen of a lecture, which draws over the window. It is no part of the scene, and draws nothing
// itself.
class Pen {
 public:
  bool in_hand = false;
  std::size_t color = 0;  // of the next stroke

  // Begins a stroke, and goes on with it. Points that are nearer than a few pixels to the one
  // before are left out; where there are too many, those of all strokes are thinned out. `aspect`
  // is the window's width by its height.
  void begin(WindowPoint at);
  void go_on(WindowPoint at, float aspect);
  void end() { drawing_ = false; }
  bool drawing() const { return drawing_; }

  std::span<const PenStroke> strokes() const { return strokes_; }
  std::size_t points() const { return points_; }
  // Takes the last stroke away, if there is one.
  void undo();
  void clear();

 private:
  void thin_out();

  std::vector<PenStroke> strokes_;
  std::size_t points_ = 0;  // of all strokes
  bool drawing_ = false;    // the last stroke goes on
};

}  // namespace convscope::program
