#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/look/heatmap_style.h"
#include "app/look/names.h"
#include "engine/core/tensor.h"
#include "engine/core/value_range.h"

// Finds the ends of a colour bar from the values.
namespace convscope::look {

using engine::finite_range;
using engine::ValueRange;

enum class MapChoice { kAuto, kViridis, kMagma, kGrey, kDiverging };

// What the values of a card mean: amounts that begin at zero, or numbers on both sides of it. It is
// known before the values are, so that zero keeps its colour when the values change.
enum class Signs { kUnsigned, kSigned };

// How the user wants the ends of a colour bar found.
enum class RangeMode { kAutomatic, kSymmetric, kLocked, kTyped, kShared, kMinMax, kPercentiles };
struct RangeChoice {
  RangeMode mode = RangeMode::kAutomatic;
  ValueRange fixed;  // of kLocked (as it was then) and kTyped
  friend bool operator==(const RangeChoice&, const RangeChoice&) = default;
};

// Returns the style for values in the range `data`. kAuto is diverging for signed values, else
// viridis:
//   automatic  for signed values as far below zero as above, for others from zero, in any map. A
//              diverging map is symmetric about zero
//   symmetric  as automatic for signed values
//   locked, typed  as `choice.fixed` says; kAuto is diverging where that is symmetric. A chosen
//              diverging map keeps zero in its middle: the range is widened
//   shared     automatic for `shared`, the range of all views that share one
//   min–max, percentiles  from end to end of `data`, which are the values' or their percentiles; a
//              diverging map is widened
// `hi` is always greater than `lo`.
HeatmapStyle style_for(const ValueRange& data, bool dark_theme, MapChoice map,
                       Signs signs = Signs::kSigned, const RangeChoice& choice = {},
                       const ValueRange& shared = {});
// Returns the automatic style for one channel of the first picture of a batch.
HeatmapStyle style_for(const Tensor& tensor, Index channel, bool dark_theme, MapChoice map,
                       Signs signs = Signs::kSigned);

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

}  // namespace convscope::look
