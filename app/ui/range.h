#pragma once

#include <span>

#include "app/ui/heatmap_style.h"
#include "engine/tensor.h"

// From values to the ends of a colour bar.
namespace convscope::ui {

struct ValueRange {
  float lo = 0.0f, hi = 1.0f;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// The smallest and the largest of the finite values; {0, 1} where there are none.
ValueRange finite_range(std::span<const float> values);

enum class MapChoice { kAuto, kViridis, kMagma, kGrey, kDiverging };

// The style of one channel of the first batch entry. kAuto is diverging where a finite value is
// negative, else viridis. Diverging maps are symmetric about zero; the others begin at zero, or at
// the smallest value where that is negative. `hi` is always greater than `lo`.
HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice choice);

}  // namespace convscope::ui
