#pragma once

#include <optional>

#include "app/panels/kernel_page/input_edits.h"
#include "app/panels/kernel_page/shift_panel.h"
#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"
#include "app/panels/parts/stroke.h"
#include "app/ui/heatmap_view.h"
#include "app/ui/motion.h"

namespace convscope::panels {

// The animation that turns the plane over when its rows and columns are swapped.
struct InputTurn {
  std::string name;         // name of the input in the last frame
  bool transposed = false;  // whether that input was transposed
  ui::PlaneLayout layout;   // position of the plane in the last frame
  ui::PlaneLayout from;     // position of the plane before it was transposed
  ui::Transition motion;
};

// The state of the input panel.
struct InputPanelState {
  ui::HeatmapViewState heatmap;
  Yx zoomed;  // rows and columns of the input to which the heatmap's zoom belongs
  Brush brush;
  StrokeState stroke;
  ShiftDrag shift;
  InputEditNumbers numbers;
  std::optional<Yx> typing;  // the cell whose value is being typed
  InputTurn turn;
  Yx widest_size;  // the numbers for which the field for the size has room
};

// Draws the card of the input, on which the user can draw, or which a pattern or a picture fills.
void draw_input_panel(const PanelContext& context, const Rect& rect, InputPanelState& state);
// Draws the controls of the input for the inspector.
void draw_input_controls(const PanelContext& context, InputPanelState& state);

// The largest number of rows, and of columns, of an input that is drawn, pasted or a pattern.
inline constexpr Index kMaxDrawnSize = 64;

// The largest number of cells of an input that can be drawn on.
inline constexpr Index kMaxPaintedCells = Index{1} << 20;

}  // namespace convscope::panels
