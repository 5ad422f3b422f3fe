#include "engine/core/loss_text.h"

#include <limits>

#include "engine/core/number_text.h"

namespace convscope::engine {

std::string loss_text(double loss, int digits) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  return loss <= kLargest ? number_text(loss, digits) : "too large to show";
}

}  // namespace convscope::engine
