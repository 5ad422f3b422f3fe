#pragma once

#include <imgui.h>

#include <functional>

#include "app/ui/names.h"

// Animations of changes, drawn over a moment although the state itself has changed at once.
namespace convscope::ui {

inline constexpr double kMotionSeconds = 0.25;

class Transition {
 public:
  void start(double now) { began_ = now; }
  void stop() { began_ = kNever; }
  bool running(double now) const { return now - began_ < kMotionSeconds; }
  // Returns the progress from 0 at the start to 1 at the end and afterwards, slow at both ends.
  float progress(double now) const;

 private:
  static constexpr double kNever = -1e9;
  double began_ = kNever;  // in ImGui's time
};

// Moves all vertices that were added after the list had `first` vertices.
void move_vertices(ImDrawList& list, int first, const std::function<ImVec2(ImVec2)>& moved);

}  // namespace convscope::ui
