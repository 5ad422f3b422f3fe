#pragma once

#include <array>

#include "app/look/names.h"
#include "app/look/palette.h"

namespace convscope::look {

// A colour of the pen that draws over the window. Whatever is below, the line or its rim has a
// contrast of 3:1 to it (WCAG 2).
struct PenColor {
  const char* name;
  Color line, rim;
};

inline constexpr std::array<PenColor, 3> kPenColors = {
    {{"Red", pack({0x95, 0x00, 0x12}), pack({0xFF, 0xFF, 0xFF})},
     {"Blue", pack({0x0A, 0x40, 0x9C}), pack({0xFF, 0xFF, 0xFF})},
     {"Yellow", pack({0xFF, 0xD4, 0x00}), pack({0x00, 0x00, 0x00})}}};

}  // namespace convscope::look
