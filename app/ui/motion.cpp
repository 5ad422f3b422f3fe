#include "app/ui/motion.h"

#include <algorithm>

namespace convscope::ui {

float Transition::progress(double now) const {
  const double t = std::clamp((now - began_) / kMotionSeconds, 0.0, 1.0);
  return static_cast<float>(t * t * (3.0 - 2.0 * t));
}

void move_vertices(ImDrawList& list, int first, const std::function<ImVec2(ImVec2)>& moved) {
  for (int i = first; i < list.VtxBuffer.Size; ++i)
    list.VtxBuffer[i].pos = moved(list.VtxBuffer[i].pos);
}

}  // namespace convscope::ui
