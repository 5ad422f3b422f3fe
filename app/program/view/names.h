#pragma once

#include <string>

#include "app/program/names.h"
#include "app/program/view/shown_planes.h"
#include "app/scene/scene.h"
#include "engine/core/weight_place.h"
#include "engine/learning/learning.h"

// How the window names cells, sizes and weights.
namespace convscope::program {

// "Y[2, 1]"
std::string cell_name(const char* symbol, Yx cell);

// "6 × 8", "3 × 480 × 640" with channels, "4 × 3 × 28 × 28" with several pictures.
std::string plane_text(const Shape& shape);

// "X", or "Xᵀ" where its rows and columns are swapped.
const char* input_symbol(const InputScene& input);

// "W[2, 1]"; of a layer with its output and input channel, "W[o, i, y, x]".
std::string weight_name(const Shape& weight, const WeightPlace& place);

// The cell of the plane that is shown of a weight of this shape.
WeightPlace shown_place(const ShownPlanes& shown, Yx cell, const Shape& weight);

// "SGD", "momentum", "Nesterov", "Adam".
const char* optimizer_label(OptimizerKind kind);

}  // namespace convscope::program
