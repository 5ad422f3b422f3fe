#include "app/scene/input_meaning.h"

#include <algorithm>

namespace convscope::scene {

InputMeaning meaning_of(const Tensor& values) {
  const bool negative = std::ranges::any_of(values.values(), [](float v) { return v < 0.0f; });
  return negative ? InputMeaning::kSigned : InputMeaning::kAmounts;
}

}  // namespace convscope::scene
