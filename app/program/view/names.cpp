#include "app/program/view/names.h"

#include <algorithm>

#include "engine/core/shape_text.h"

namespace convscope::program {

std::string cell_name(const char* symbol, Yx cell) {
  return std::string(symbol) + "[" + std::to_string(cell.y) + ", " + std::to_string(cell.x) + "]";
}

std::string plane_text(const Shape& shape) {
  std::string text = size_text({shape.h, shape.w});
  if (shape.c > 1 || shape.n > 1) text = std::to_string(shape.c) + " × " + text;
  if (shape.n > 1) text = std::to_string(shape.n) + " × " + text;
  return text;
}

const char* input_symbol(const InputScene& input) {
  return input.transposed ? "Xᵀ" : "X";
}

std::string weight_name(const Shape& weight, const WeightPlace& place, const char* symbol) {
  std::string text = std::string(symbol) + "[";
  if (weight.n * weight.c > 1)
    text += std::to_string(place.n) + ", " + std::to_string(place.c) + ", ";
  return text + std::to_string(place.y) + ", " + std::to_string(place.x) + "]";
}

WeightPlace shown_place(const ShownPlanes& shown, Yx cell, const Shape& weight) {
  return {std::min(shown.filter, weight.n - 1), std::min(shown.slice, weight.c - 1), cell.y,
          cell.x};
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

}  // namespace convscope::program
