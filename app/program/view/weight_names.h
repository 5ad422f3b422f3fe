#pragma once

#include <string>

#include "app/panels/parts/context.h"
#include "engine/learning/learning.h"

namespace convscope {

// "W[2, 1]"; of a layer with its output and input channel, "W[o, i, y, x]".
std::string weight_name(const Shape& weight, const WeightPlace& place);

// The cell of the plane that is shown of a weight of this shape.
WeightPlace shown_place(const PanelContext& context, Yx cell, const Shape& weight);

// "SGD", "momentum", "Nesterov", "Adam".
const char* optimizer_label(OptimizerKind kind);

}  // namespace convscope
