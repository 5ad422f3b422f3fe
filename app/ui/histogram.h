#pragma once

#include <span>
#include <vector>

#include "app/ui/range.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// How often values are in each of equally wide parts of their range.
struct Histogram {
  ValueRange range;                // of the finite values; {0, 1} where there are none
  std::vector<Index> counts;       // the last part has the largest value too
  double mean = 0.0;               // of the finite values that were counted
  Index values = 0;                // of the plane
  Index counted = 0;               // finite ones that were looked at
  Index nans = 0, infinities = 0;  // among those that were looked at
  Index step = 1;                  // every step-th value was looked at
};

// Of a plane with rows of `width` values. Large planes are sampled, so that it takes about a
// millisecond: every step-th value, with a step that shares no factor with the width.
Histogram histogram_of(std::span<const float> values, Index width, Index parts = 48,
                       Index most = 250000);

// Bars in the colours of their values, as high as their counts, with the ends of the range below. A
// bar under the pointer tells its count. Registers `name`, the bars' area.
void draw_histogram(Ui& ui, const char* name, ImVec2 size, const Histogram& histogram,
                    const HeatmapStyle& style);

// "48 values: smallest −1, mean 0.02, largest 1"
std::string summary_text(const Histogram& histogram, const NumberStyle& numbers);
// "3 values are NaN, 1 is infinite. Every 11th value was counted." Empty where there is nothing to
// say.
std::string remarks_text(const Histogram& histogram);

}  // namespace convscope::ui
