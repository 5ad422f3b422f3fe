#pragma once

#include <string>

#include "app/export/names.h"
#include "app/export/source.h"
#include "app/look/heatmap_style.h"
#include "engine/core/value_range.h"

namespace convscope::exports {

// One plane of a tensor.
struct PlaneValues {
  const Tensor& tensor;
  Index sample = 0, channel = 0;
};

ValueRange range_of(const PlaneValues& plane);

// Returns the colours of a plane in one of the window's views, with the range that is chosen for
// it.
HeatmapStyle view_style(const Source& source, const std::string& view, const PlaneValues& plane,
                        CardMeaning meaning);

}  // namespace convscope::exports
