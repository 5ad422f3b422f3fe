#pragma once

#include <string>

#include "app/look/optimizer_label.h"
#include "app/look/weight_name.h"
#include "app/program/names.h"
#include "app/program/view/shown_planes.h"
#include "app/scene/scene.h"
#include "engine/core/plane_text.h"
#include "engine/core/weight_place.h"
#include "engine/learning/learning.h"

// Returns the texts with which the window names cells, sizes and weights.
namespace convscope::program {

// Returns a text such as "Y[2, 1]"; a cell of the padding is "X[−1, 0]".
std::string cell_name(const char* symbol, Yx cell);
// Returns "Y[3][2, 1]", of the map `channel`.
std::string map_cell_name(const char* symbol, Index channel, Yx cell);

// Returns "X", or "Xᵀ" if the input's rows and columns are swapped.
const char* input_symbol(const InputScene& input);

using look::kLearnedSymbol;
using look::kPredictionSymbol;
using look::weight_name;

// Returns weight_name(), with all four indices of a layer even if it has one filter of one channel.
std::string layer_weight_name(const KernelScene& kernel, const WeightPlace& place);

// Returns "2, 1, " for the shown plane of a layer, and "" for a kernel shared by all channels.
std::string plane_indices(const KernelScene& kernel, const ShownPlanes& shown);

// Returns "X[2]", or "R", "G" or "B" for a channel of the scene's input if it has three.
std::string channel_name(const Scene& scene, std::size_t layer, Index channel);

// Returns the place of a cell of the shown plane in a weight of this shape.
WeightPlace shown_place(const ShownPlanes& shown, Yx cell, const Shape& weight);

using look::optimizer_label;

}  // namespace convscope::program
