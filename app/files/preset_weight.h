#pragma once

#include <string>

#include "app/files/names.h"
#include "app/scene/scene.h"

namespace convscope::files {

// Returns the weights of the preset that `kernel` names, [1, 1, kh, kw], of 3 x 3 where it exists
// at any size, from the kernel's seed and turned as that is. Throws Error, with the place in the
// file and the names that have weights, for another name.
Tensor preset_weight(const KernelScene& kernel, const std::string& place);

}  // namespace convscope::files
