#pragma once

#include "app/look/names.h"
#include "app/scene/scene.h"

namespace convscope::look {

// Returns the sign between the input and the kernel: ⋆ for cross-correlation and ∗ for convolution,
// with a raised T for a transposed convolution.
const char* operation_sign(const KernelScene& kernel, const ConvScene& conv);

}  // namespace convscope::look
