#pragma once

#include <optional>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// A drag that shifts the input.
struct ShiftDrag {
  std::optional<Yx> grabbed;  // the cell that was under the pointer when it began; nullopt for none
  InputShift from;            // the shift when it began
  Yx asked;                   // the shift that was asked for last
  bool edited = false;        // whether something was asked for; later changes continue that
};

// Shifts the input by as many cells as it is dragged, while the tool is on.
void drag_shift(const PanelContext& context, const ui::HeatmapEvent& event, ShiftDrag& drag);

// Draws the button that takes the tool, or lays it down: "input/shift".
void draw_shift_button(const PanelContext& context);
float shift_button_width(const ui::Ui& ui);
// Draws the controls of the tool: the arrows, what comes in, the shift as a number, and the button
// from which on results are compared with those of now.
void draw_shift_controls(const PanelContext& context);

}  // namespace convscope::panels
