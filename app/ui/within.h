#pragma once

#include <algorithm>

#include "app/ui/names.h"

namespace convscope::ui {

// Returns `value` clamped to `lo` and `hi`, or `lo` if these are reversed, as happens in a very
// small window or by rounding. std::clamp has undefined behaviour then.
template <typename T>
T within(T value, T lo, T hi) {
  return std::max(lo, std::min(value, hi));
}

}  // namespace convscope::ui
