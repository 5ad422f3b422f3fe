#pragma once

#include <algorithm>

namespace convscope::ui {

// `value` brought between `lo` and `hi`, and `lo` where these cross, as they do in a very small
// window or by rounding: std::clamp may do anything there.
template <typename T>
T within(T value, T lo, T hi) {
  return std::max(lo, std::min(value, hi));
}

}  // namespace convscope::ui
