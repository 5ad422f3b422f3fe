#include "app/scene/optimizer_tuning.h"

#include <array>
#include <charconv>

namespace convscope::scene {
namespace {

// Returns the double with the shortest digits that make this float.
double as_written(float value) {
  std::array<char, 32> digits;
  const std::to_chars_result end = std::to_chars(digits.begin(), digits.end(), value);
  double result = static_cast<double>(value);
  std::from_chars(digits.begin(), end.ptr, result);
  return result;
}

}  // namespace

OptimizerOptions optimizer_options(OptimizerKind kind, const OptimizerTuning& tuning) {
  return {kind, as_written(tuning.momentum), as_written(tuning.beta1), as_written(tuning.beta2),
          as_written(tuning.eps)};
}

}  // namespace convscope::scene
