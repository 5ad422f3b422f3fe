#pragma once

#include "app/ui/heatmap_style.h"
#include "engine/tensor.h"
#include "engine/value_range.h"

// From values to the ends of a colour bar.
namespace convscope::ui {

using convscope::finite_range;
using convscope::ValueRange;

enum class MapChoice { kAuto, kViridis, kMagma, kGrey, kDiverging };

// How a user wants the ends of a colour bar found.
enum class RangeMode { kAutomatic, kSymmetric, kLocked, kTyped, kShared };
struct RangeChoice {
  RangeMode mode = RangeMode::kAutomatic;
  ValueRange fixed;  // of kLocked (as it was then) and kTyped
  friend bool operator==(const RangeChoice&, const RangeChoice&) = default;
};

// The style for values of the range `data`.
//   automatic  kAuto is diverging where a value is negative, else viridis. Diverging maps are
//              symmetric about zero; the others begin at zero, or at the smallest value where that
//              is negative.
//   symmetric  about zero, in any map; kAuto is diverging
//   locked, typed  as `choice.fixed` says; kAuto is diverging where that is symmetric. A chosen
//              diverging map keeps zero in its middle: the range is widened
//   shared     automatic for `shared`, the range of all views that share one
// `hi` is always greater than `lo`.
HeatmapStyle style_for(const ValueRange& data, bool dark_theme, MapChoice map,
                       const RangeChoice& choice = {}, const ValueRange& shared = {});
// Automatic, for one channel of the first batch entry.
HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice map);

// The range over both.
ValueRange united(const ValueRange& a, const ValueRange& b);

}  // namespace convscope::ui
