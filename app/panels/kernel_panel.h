#pragma once

#include "app/panels/context.h"

namespace convscope {

// The kernel's weights, its bias, and what is done to it as a whole.
struct KernelPanelState {
  float controls = 0.0f;  // their height
};

void draw_kernel_panel(const PanelContext& context, const Rect& rect, KernelPanelState& state);

}  // namespace convscope
