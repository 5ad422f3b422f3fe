#pragma once

#include <string>

#include "app/look/names.h"
#include "engine/learning/quadratic.h"

namespace convscope::look {

// Returns the name of a learned parameter, given by its flat place: "Ŵ[2, 1]", "bias" or "b[3]".
std::string parameter_name(const QuadraticLoss& loss, Index flat);

}  // namespace convscope::look
