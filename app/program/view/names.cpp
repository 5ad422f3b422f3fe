#include "app/program/view/names.h"

#include <algorithm>
#include <array>

#include "engine/core/shape_text.h"

namespace convscope::program {

std::string cell_name(const char* symbol, Yx cell) {
  return symbol + place_text(cell);
}

std::string map_cell_name(const char* symbol, Index channel, Yx cell) {
  return std::string(symbol) + "[" + std::to_string(channel) + "]" + place_text(cell);
}

const char* input_symbol(const InputScene& input) {
  return input.transposed ? "Xᵀ" : "X";
}

std::string layer_weight_name(const KernelScene& kernel, const WeightPlace& place) {
  if (!kernel.layer) return cell_name("W", {place.y, place.x});
  return "W[" + std::to_string(place.n) + ", " + std::to_string(place.c) + ", " +
         std::to_string(place.y) + ", " + std::to_string(place.x) + "]";
}

std::string plane_indices(const KernelScene& kernel, const ShownPlanes& shown) {
  if (!kernel.layer) return "";
  return std::to_string(shown.filter) + ", " + std::to_string(shown.slice) + ", ";
}

std::string channel_name(const Scene& scene, std::size_t layer, Index channel) {
  constexpr std::array kColours = {"R", "G", "B"};
  if (layer == 0 && scene.input.tensor->shape().c == 3)
    return kColours[static_cast<std::size_t>(std::clamp<Index>(channel, 0, 2))];
  return "X[" + std::to_string(channel) + "]";
}

WeightPlace shown_place(const ShownPlanes& shown, Yx cell, const Shape& weight) {
  return {std::min(shown.filter, weight.n - 1), std::min(shown.slice, weight.c - 1), cell.y,
          cell.x};
}

}  // namespace convscope::program
