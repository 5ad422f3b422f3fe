#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The state of the kernel panel.
struct KernelPanelState {
  std::optional<bool> turned;  // in the last frame
  ui::Transition turning;      // by 180 degrees
  // Whether the kernel is random, or was before it was edited by hand: the seed keeps its place.
  bool seeded = false;
};

// Draws the card of the kernel: its weights, its bias, and the operations on the whole kernel.
void draw_kernel_panel(const PanelContext& context, const Rect& rect, KernelPanelState& state);
// Draws the controls of the kernel for the inspector.
void draw_kernel_controls(const PanelContext& context, KernelPanelState& state);

}  // namespace convscope::panels
