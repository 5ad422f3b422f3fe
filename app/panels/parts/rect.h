#pragma once

#include <imgui.h>

#include "app/panels/names.h"

namespace convscope::panels {

// A rectangle of the window, in pixels.
struct Rect {
  float x = 0.0f, y = 0.0f, w = 0.0f, h = 0.0f;
  ImVec2 min() const { return {x, y}; }
  ImVec2 size() const { return {w, h}; }
  friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace convscope::panels
