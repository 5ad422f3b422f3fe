#pragma once

#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/rect.h"
#include "app/scene/scene.h"
#include "app/ui/theme.h"

namespace convscope::panels {

// The sign between the input and the kernel: ⋆ of cross-correlation, ∗ of convolution, with a
// raised T where the layer is its transpose, which lays the kernel onto the output.
const char* operation_sign(const KernelScene& kernel, const ConvScene& conv);

// A sign between two cards, in the middle of `rect`; none where that is empty.
void draw_sign(const ui::Theme& theme, const Rect& rect, std::string_view sign);

}  // namespace convscope::panels
