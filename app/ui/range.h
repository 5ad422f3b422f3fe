#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/ui/heatmap_style.h"
#include "app/ui/names.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

// Finds the ends of a colour bar from the values.
namespace convscope::ui {

using engine::finite_range;
using engine::ValueRange;

enum class MapChoice { kAuto, kViridis, kMagma, kGrey, kDiverging };

// How the user wants the ends of a colour bar found.
enum class RangeMode { kAutomatic, kSymmetric, kLocked, kTyped, kShared };
struct RangeChoice {
  RangeMode mode = RangeMode::kAutomatic;
  ValueRange fixed;  // of kLocked (as it was then) and kTyped
  friend bool operator==(const RangeChoice&, const RangeChoice&) = default;
};

// Returns the style for values in the range `data`:
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
// Returns the automatic style for one channel of the first picture of a batch.
HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice map);

// The range of a plane's finite values, kept by groups of rows: when a few cells change, only the
// rows around them are searched again.
class PlaneRange {
 public:
  void find(std::span<const float> plane, Index width);
  // Updates the range after rows [first, end) have changed.
  void update(std::span<const float> plane, Index first, Index end);
  const ValueRange& all() const { return all_; }  // {0, 1} if no value is finite

 private:
  void find_groups(std::span<const float> plane, std::size_t first, std::size_t end);

  std::vector<std::optional<ValueRange>> groups_;
  Index width_ = 1;
  Index rows_ = 1;  // rows in a group
  ValueRange all_;
};

// Returns the smallest range that contains both.
ValueRange united(const ValueRange& a, const ValueRange& b);

}  // namespace convscope::ui
