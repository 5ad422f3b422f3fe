#pragma once

#include <imgui.h>

#include <functional>

// Changes that are drawn over a moment, while the state itself has changed at once.
namespace convscope::ui {

inline constexpr double kMotionSeconds = 0.25;

class Transition {
 public:
  void start(double now) { began_ = now; }
  void stop() { began_ = kNever; }
  bool running(double now) const { return now - began_ < kMotionSeconds; }
  // From 0 at the start to 1 at the end and ever after; slow at both ends.
  float progress(double now) const;

 private:
  static constexpr double kNever = -1e9;
  double began_ = kNever;  // ImGui's time
};

// Moves what was drawn since the list had `first` vertices.
void move_vertices(ImDrawList& list, int first, const std::function<ImVec2(ImVec2)>& moved);

}  // namespace convscope::ui
