#pragma once

#include <functional>
#include <optional>

#include "app/look/card_meaning.h"
#include "app/look/heatmap_style.h"
#include "app/look/names.h"
#include "app/look/range.h"

namespace convscope::look {

// What determines the colours of a card besides its values.
struct StyleChoice {
  bool dark = false;
  MapChoice map = MapChoice::kAuto;  // what the user chose for all cards
  CardMeaning meaning = CardMeaning::kAmounts;
  RangeChoice range = {};
  // The range of all views that share one, and whether one of them is signed.
  ValueRange shared = {};
  bool shared_signs = false;
};

// Finds the percentiles of the values, if that is needed.
using FindPercentiles = std::function<std::optional<ValueRange>()>;

// Returns the colours of a card whose values are in the range `data`. Photographs are grey, and of
// the edges of one the few strong ones are left out of the range.
HeatmapStyle plane_style(const ValueRange& data, const StyleChoice& choice,
                         const FindPercentiles& percentiles);

}  // namespace convscope::look
