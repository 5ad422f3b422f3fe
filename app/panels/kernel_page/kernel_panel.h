#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The state of the kernel panel.
struct KernelPanelState {
  float controls = 0.0f;          // height of the controls in the last frame
  float learned_controls = 0.0f;  // the same for the learned kernel of slow motion
  std::optional<bool> turned;     // whether the kernel was rotated by 180 degrees in the last frame
  ui::Transition turning;         // the animation of that rotation
};

// Draws the card of the kernel: its weights, its bias, and the operations on the whole kernel.
void draw_kernel_panel(const PanelContext& context, const Rect& rect, KernelPanelState& state);

}  // namespace convscope::panels
