#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/look/names.h"
#include "app/look/number_format.h"
#include "app/look/range.h"

namespace convscope::look {

// The counts of values in equally wide bins of their range.
struct Histogram {
  ValueRange range;                // of the finite values; {0, 1} if there are none
  std::vector<Index> counts;       // the last bin includes the largest value
  double mean = 0.0;               // of the counted values
  Index values = 0;                // number of values of the plane
  Index counted = 0;               // number of finite values among the samples
  Index nans = 0, infinities = 0;  // among the samples
  Index step = 1;                  // every step-th value is a sample
};

// Counts the values of a plane with rows of `width` values in `parts` bins. Large planes are
// sampled, so that this takes about a millisecond: every step-th value, where the step has no
// common factor with the width.
Histogram histogram_of(std::span<const float> values, Index width, Index parts = 48,
                       Index most = 250000);

// Returns the values below which 2 % and 98 % of the finite values lie, found in a sample of at
// most `most` values as above; nothing where they are the same, as in a plane that is nearly
// constant.
std::optional<ValueRange> percentiles(std::span<const float> values, Index width,
                                      Index most = 40000);

// Writes "1 value" or "48 values", given both words.
std::string counted_text(Index n, const char* one, const char* many);
// Writes "48 values: smallest −1, mean 0.02, largest 1".
std::string summary_text(const Histogram& histogram, const NumberStyle& numbers);
// Writes "3 values are NaN, 1 is infinite. Every 11th value was counted." Empty if there is nothing
// to say.
std::string remarks_text(const Histogram& histogram);

}  // namespace convscope::look
