#pragma once

#include <imgui.h>

#include <string>

#include "app/ui/names.h"
#include "app/ui/ui.h"

// Changes a number by steps: drags, the wheel, arrow keys.
namespace convscope::ui {

// Limit of typed, painted and dragged numbers that have no other limit; well inside float32.
inline constexpr double kMaxNumber = 1e30;

struct NumberLimits {
  double lo = -kMaxNumber, hi = kMaxNumber;
  double step = 0.01;  // change of one wheel notch or of four pixels of a drag
  bool integer = false;
};

// Writes "0 to 31".
std::string limits_text(const NumberLimits& limits);

// Returns the value clamped to the limits, and rounded if they ask for whole numbers.
double limited(double value, const NumberLimits& limits);

// Returns whether a change from `a` to `b` is one. Most numbers are floats, so values that round to
// the same float count as equal.
bool differ(double a, double b, const NumberLimits& limits);

// Changes `value` when the item `id` is dragged (right or up is more; Shift is ten times finer,
// Ctrl ten times coarser), or the wheel turns over it while it is selected or Alt is held. A press
// selects it. Call right after the item.
EditEvent drag_number(Ui& ui, ImGuiID id, bool hovered, bool active, double& value,
                      const NumberLimits& limits);

// Changes `value` by some steps, with Shift and Ctrl as for a drag. `continues`: as part of the
// gesture before.
EditEvent step_number(int steps, double& value, const NumberLimits& limits, bool continues);

}  // namespace convscope::ui
