#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/scene/scene.h"
#include "app/ui/theme.h"

namespace convscope::panels {

// Returns the sign between the input and the kernel: ⋆ for cross-correlation and ∗ for convolution,
// with a raised T for a transposed convolution.
const char* operation_sign(const KernelScene& kernel, const ConvScene& conv);

// Draws a sign in the middle of `rect`, the space between two cards; nothing if `rect` is empty.
void draw_sign(const ui::Theme& theme, const Rect& rect, std::string_view sign);

}  // namespace convscope::panels
