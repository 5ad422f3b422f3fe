#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/stroke.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The state of the gradients' cards between frames.
struct BackwardState {
  ui::HeatmapViewState input, output, pooled;
  bool shown = false;      // whether the last frame showed the gradients
  ui::Transition turning;  // of the kernel, when they appear
  // Whether the zeros of the stride stand in the output's gradient; by itself where there are some.
  std::optional<bool> spread;
  Brush brush;  // that paints the gradient which the way backward begins with
  StrokeState stroke;
  Yx output_size;  // of the plane of the output that was zoomed into
};

}  // namespace convscope::panels
