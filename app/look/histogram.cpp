#include "app/look/histogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/number_text.h"

namespace convscope::look {
namespace {

Index sampling_step(Index values, Index width, Index most) {
  Index step = std::max<Index>(1, (values + most - 1) / std::max<Index>(most, 1));
  // With a common factor only some of the columns would be sampled.
  while (step > 1 && std::gcd(step, width) != 1)
    ++step;
  return step;
}

// Writes an ordinal: "21st".
std::string ordinal(Index n) {
  const Index tens = n % 100;
  const Index ones = n % 10;
  const bool teens = tens >= 11 && tens <= 13;
  const char* ending = teens ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
  return std::to_string(n) + ending;
}

}  // namespace

std::string counted_text(Index n, const char* one, const char* many) {
  return count_text(n) + " " + (n == 1 ? one : many);
}

Histogram histogram_of(std::span<const float> values, Index width, Index parts, Index most) {
  Histogram h;
  h.values = static_cast<Index>(values.size());
  h.range = finite_range(values);
  h.counts.assign(static_cast<std::size_t>(parts), 0);
  h.step = sampling_step(h.values, width, most);
  const auto lo = static_cast<double>(h.range.lo);
  const double span = static_cast<double>(h.range.hi) - lo;
  const double scale = span > 0.0 ? static_cast<double>(parts) / span : 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); i += static_cast<std::size_t>(h.step)) {
    const auto value = static_cast<double>(values[i]);
    if (std::isnan(value)) {
      ++h.nans;
    } else if (std::isinf(value)) {
      ++h.infinities;
    } else {
      const auto part = static_cast<Index>((value - lo) * scale);
      ++h.counts[static_cast<std::size_t>(std::clamp<Index>(part, 0, parts - 1))];
      ++h.counted;
      sum += value;
    }
  }
  if (h.counted > 0) h.mean = sum / static_cast<double>(h.counted);
  return h;
}

std::optional<ValueRange> percentiles(std::span<const float> values, Index width, Index most) {
  constexpr double kShare = 0.02;
  const auto step = static_cast<std::size_t>(
      sampling_step(static_cast<Index>(values.size()), std::max<Index>(width, 1), most));
  std::vector<float> sample;
  sample.reserve(values.size() / step + 1);
  for (std::size_t i = 0; i < values.size(); i += step) {
    if (std::isfinite(values[i])) sample.push_back(values[i]);
  }
  if (sample.empty()) return std::nullopt;
  const auto left_out = static_cast<std::ptrdiff_t>(kShare * static_cast<double>(sample.size()));
  const auto lo = sample.begin() + left_out;
  const auto hi = sample.end() - 1 - left_out;
  std::nth_element(sample.begin(), lo, sample.end());
  const float smallest = *lo;  // before its place is taken
  std::nth_element(lo, hi, sample.end());
  if (!(*hi > smallest)) return std::nullopt;
  return ValueRange{smallest, *hi};
}

std::string summary_text(const Histogram& histogram, const NumberStyle& numbers) {
  std::string text = counted_text(histogram.values, "value", "values");
  if (histogram.counted == 0) return text;
  const auto number = [&](double value) {
    return numbers.mode == NumberMode::kAutomatic ? number_text(value, 4)
                                                  : value_text(static_cast<float>(value), numbers);
  };
  return text + ": smallest " + number(static_cast<double>(histogram.range.lo)) + ", mean " +
         (histogram.step > 1 ? "about " : "") + number(histogram.mean) + ", largest " +
         number(static_cast<double>(histogram.range.hi));
}

std::string remarks_text(const Histogram& histogram) {
  std::string text;
  if (histogram.nans > 0) {
    text = counted_text(histogram.nans, "value is NaN", "values are NaN");
  }
  if (histogram.infinities > 0) {
    text += text.empty() ? "" : ", ";
    text += text.empty()
                ? counted_text(histogram.infinities, "value is infinite", "values are infinite")
                : counted_text(histogram.infinities, "is infinite", "are infinite");
  }
  if (!text.empty()) text += ".";
  if (histogram.step > 1) {
    text += text.empty() ? "" : " ";
    text += "Every " + ordinal(histogram.step) + " value was counted.";
  }
  return text;
}

}  // namespace convscope::look
