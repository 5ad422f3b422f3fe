#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/panels/parts/stroke.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The plane as it was drawn last, from which it turns over when rows and columns are swapped.
struct InputTurn {
  std::string name;
  bool transposed = false;
  ui::PlaneLayout layout;
  ui::PlaneLayout from;
  ui::Transition motion;
};

// The input: drawn on, generated or loaded.
struct InputPanelState {
  ui::HeatmapViewState heatmap;
  Yx zoomed;  // rows and columns of the plane that the heatmap's zoom is of
  Brush brush;
  StrokeState stroke;
  std::optional<Yx> typing;  // the cell whose value is typed
  InputTurn turn;
  float controls = 0.0f;  // their height
};

void draw_input_panel(const PanelContext& context, const Rect& rect, InputPanelState& state);

// The largest input, on each axis, that is made by hand.
inline constexpr Index kMaxDrawnSize = 64;

// Inputs up to this many cells can be drawn on; larger ones are dragged to pan.
inline constexpr Index kMaxPaintedCells = Index{1} << 20;

}  // namespace convscope::panels
