#include "app/look/plane_style.h"

namespace convscope::look {

HeatmapStyle plane_style(const ValueRange& data, const StyleChoice& choice,
                         const FindPercentiles& percentiles) {
  RangeChoice range = choice.range;
  // A few strong edges would leave all others pale.
  if (range.mode == RangeMode::kAutomatic && choice.meaning == CardMeaning::kEdges)
    range.mode = RangeMode::kPercentiles;
  std::optional<ValueRange> most;
  if (range.mode == RangeMode::kPercentiles) {
    most = percentiles();
    if (!most) range.mode = RangeMode::kAutomatic;
  }
  const bool grey = choice.map == MapChoice::kAuto && choice.meaning == CardMeaning::kPicture;
  const bool signs =
      is_signed(choice.meaning) || (range.mode == RangeMode::kShared && choice.shared_signs);
  HeatmapStyle style =
      style_for(most.value_or(data), choice.dark, grey ? MapChoice::kGrey : choice.map,
                signs ? Signs::kSigned : Signs::kUnsigned, range, choice.shared);
  style.percentiles = most.has_value();
  return style;
}

}  // namespace convscope::look
