#include "app/program/view/weight_names.h"

#include <algorithm>

namespace convscope {

std::string weight_name(const Shape& weight, const WeightPlace& place) {
  std::string text = "W[";
  if (weight.n * weight.c > 1)
    text += std::to_string(place.n) + ", " + std::to_string(place.c) + ", ";
  return text + std::to_string(place.y) + ", " + std::to_string(place.x) + "]";
}

WeightPlace shown_place(const PanelContext& context, Yx cell, const Shape& weight) {
  return {std::min(context.shown.filter, weight.n - 1), std::min(context.shown.slice, weight.c - 1),
          cell.y, cell.x};
}

const char* optimizer_label(OptimizerKind kind) {
  switch (kind) {
    case OptimizerKind::kSgd:
      return "SGD";
    case OptimizerKind::kMomentum:
      return "momentum";
    case OptimizerKind::kNesterov:
      return "Nesterov";
    case OptimizerKind::kAdam:
      break;
  }
  return "Adam";
}

}  // namespace convscope
