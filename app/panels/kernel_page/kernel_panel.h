#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The kernel's weights, its bias, and what is done to it as a whole.
struct KernelPanelState {
  float controls = 0.0f;  // their height
  float learned_controls = 0.0f;
  std::optional<bool> turned;  // in the last frame
  ui::Transition turning;      // by 180 degrees
};

void draw_kernel_panel(const PanelContext& context, const Rect& rect, KernelPanelState& state);

}  // namespace convscope::panels
