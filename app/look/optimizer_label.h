#pragma once

#include "app/look/names.h"
#include "engine/learning/optimizer.h"

namespace convscope::look {

// Returns "SGD", "momentum", "Nesterov" or "Adam".
const char* optimizer_label(OptimizerKind kind);

}  // namespace convscope::look
