#pragma once

#include <imgui.h>

#include "app/ui/names.h"
#include "app/ui/theme.h"

// Draws icons that the fonts lack or have too small.
namespace convscope::ui {

enum class Icon {
  kNone,
  kPlay,
  kPause,
  kStep,
  kStepBack,
  kReset,
  kReseed,
  kLeft,
  kRight,
  kUp,
  kDown,
  kClose,
  kFlip,
  kBrush,
  kPen,
  kSpotlight,
  kBackward,  // an arrow to the left
};

// Draws an icon centred in a square of `size` pixels.
void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color);

}  // namespace convscope::ui
