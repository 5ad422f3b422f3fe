#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "app/look/names.h"
#include "app/look/number_format.h"

namespace convscope::look {

// The room for the number of a cell. Lengths are in the units of `measure`, pixels or points.
struct NumberRoom {
  float cell = 0.0f;      // side of a cell
  float largest = 0.0f;   // font size that is not exceeded
  float smallest = 0.0f;  // font size below which a number can't be read
  float rim = 1.0f;       // what a number leaves free of its cell at least
  // Returns the width of a text in a font size.
  std::function<float(float size, std::string_view text)> measure;
};

// The format and the size that all numbers of a plane share.
struct NumberLayout {
  CellFormat format;
  float size = 0.0f;          // font size; 0 if there is no room for numbers
  bool distinguishes = true;  // whether the digits tell different values apart
};

// Chooses the size from the cell alone, so that nothing jumps while values change. It leaves room
// for a sign and two decimals, or one decimal in small cells. Numbers that would be smaller than
// `smallest` are left out.
NumberLayout layout_numbers(const NumberRoom& room, std::span<const float> values,
                            const NumberStyle& style);

}  // namespace convscope::look
