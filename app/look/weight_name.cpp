#include "app/look/weight_name.h"

namespace convscope::look {

std::string weight_name(const Shape& weight, const WeightPlace& place, const char* symbol) {
  std::string text = std::string(symbol) + "[";
  if (weight.n * weight.c > 1)
    text += std::to_string(place.n) + ", " + std::to_string(place.c) + ", ";
  return text + std::to_string(place.y) + ", " + std::to_string(place.x) + "]";
}

}  // namespace convscope::look
