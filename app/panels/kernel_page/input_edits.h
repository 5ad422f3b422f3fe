#pragma once

#include <cstdint>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// The numbers with which the edits of the input are made.
struct InputEditNumbers {
  float factor = 2.0f;     // of a scale
  float summand = 0.0f;    // of a scale
  float deviation = 0.1f;  // of noise
  Index seed = 1;          // of noise
  float least = 0.5f;      // of a threshold
};

// Draws the buttons and the menu with which the whole input is edited, beside the last control:
// "input/shift", "input/transpose" and "input/edit". Where the row is full the menu alone has all.
void draw_input_edits(const PanelContext& context, InputEditNumbers& numbers);

}  // namespace convscope::panels
