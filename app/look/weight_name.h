#pragma once

#include <string>

#include "app/look/names.h"
#include "engine/core/weight_place.h"

namespace convscope::look {

// The symbol of the weights that are learned, beside the W of the scene's kernel.
inline constexpr const char* kLearnedSymbol = "Ŵ";
// The symbol of what they predict, beside the scene's Y.
inline constexpr const char* kPredictionSymbol = "Ŷ";

// Returns "W[2, 1]", or "W[o, i, y, x]" if the weight [n, c, kh, kw] has several planes.
std::string weight_name(const Shape& weight, const WeightPlace& place, const char* symbol = "W");

}  // namespace convscope::look
