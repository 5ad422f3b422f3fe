#pragma once

#include <string>

#include "app/files/json_text.h"
#include "app/files/names.h"
#include "engine/core/tensor.h"

namespace convscope::files {

// Reads rows of numbers, channels of rows, or pictures of channels of rows as [1, 1, H, W], [1, C,
// H, W] or [N, C, H, W]. Throws Error, with the position and the row, for anything else.
Tensor tensor_from_json(const Json& json, const std::string& place);

}  // namespace convscope::files
