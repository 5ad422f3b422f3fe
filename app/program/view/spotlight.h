#pragma once

#include <algorithm>

#include "app/program/names.h"

namespace convscope::program {

// A circle around the pointer that alone stays bright; the wheel changes its size.
struct Spotlight {
  static constexpr float kLeast = 0.06f;  // radius, of the window's height
  static constexpr float kMost = 0.6f;
  static constexpr float kNotch = 1.12f;  // what a notch of the wheel multiplies it by

  bool on = false;
  float radius = 0.2f;  // of the window's height

  void grow(float factor) { radius = std::clamp(radius * factor, kLeast, kMost); }
};

}  // namespace convscope::program
