#include "app/files/arrays/array_summary.h"

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>

#include "app/files/arrays/array_rounding.h"
#include "app/files/arrays/array_values.h"

namespace convscope::files {
namespace {

std::string text_of(std::integral auto value) {
  return std::to_string(value);
}

std::string text_of(std::floating_point auto value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), static_cast<double>(value),
                                 std::chars_format::general, 7)
                       .ptr;
  return {text.data(), end};
}

// The smallest and the largest value of one type.
template <typename T>
class Extremes {
 public:
  void add(T value) {
    if (!min_ || value < *min_) min_ = value;
    if (!max_ || value > *max_) max_ = value;
  }
  void put(ArraySummary& summary) const {
    if (!min_) return;
    summary.min = text_of(*min_);
    summary.max = text_of(*max_);
  }

 private:
  std::optional<T> min_, max_;
};

}  // namespace

ArraySummary summarize_array(OpenArray array) {
  require_readable(array);
  ArraySummary summary;
  ArrayRounding rounding;
  long double sum = 0.0L;  // long double can also sum many values near the largest double
  Extremes<std::int64_t> whole;
  Extremes<std::uint64_t> natural;
  Extremes<double> real;
  visit_values(array, [&](Index number, auto value) {
    rounding.to_float(number, value);
    if constexpr (std::floating_point<decltype(value)>) {
      summary.nans += std::isnan(value) ? 1 : 0;
      summary.infinities += std::isinf(value) ? 1 : 0;
      if (!std::isfinite(value)) return;
      real.add(static_cast<double>(value));
    } else if constexpr (std::signed_integral<decltype(value)>) {
      whole.add(value);
    } else {
      natural.add(value);
    }
    ++summary.finite;
    sum += static_cast<long double>(value);
  });
  require_whole(array);
  whole.put(summary);
  natural.put(summary);
  real.put(summary);
  if (summary.finite > 0)
    summary.mean = static_cast<double>(sum / static_cast<long double>(summary.finite));
  summary.note = rounding.note(array);
  return summary;
}

}  // namespace convscope::files
