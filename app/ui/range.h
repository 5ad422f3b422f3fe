#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/ui/heatmap_style.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

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

// The range of a plane's finite values, kept by groups of rows: where a few cells have changed,
// only the rows around them are looked at again.
class PlaneRange {
 public:
  void find(std::span<const float> plane, Index width);
  // As before but for rows [first, end).
  void update(std::span<const float> plane, Index first, Index end);
  const ValueRange& all() const { return all_; }  // {0, 1} where no value is finite

 private:
  void find_groups(std::span<const float> plane, std::size_t first, std::size_t end);

  std::vector<std::optional<ValueRange>> groups_;
  Index width_ = 1;
  Index rows_ = 1;  // in a group
  ValueRange all_;
};

// The range over both.
ValueRange united(const ValueRange& a, const ValueRange& b);

}  // namespace convscope::ui
