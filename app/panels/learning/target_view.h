#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/stroke.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The state of the target view between frames.
struct TargetViewState {
  ui::HeatmapViewState heatmap;
  Brush brush;
  StrokeState stroke;
  bool hovered = false;   // whether the pointer is over the target
  float controls = 0.0f;  // height of the controls in pixels
};

// Draws the learning target and its controls, in `size` pixels at ImGui's cursor. The user can
// paint on a target that is a picture.
void draw_target_view(const PanelContext& context, TargetViewState& state, ImVec2 size);

// Makes the target a picture that the user can paint on: the scene's target picture if its shape is
// that of the output, else a copy of the output.
void draw_own_target(const PanelContext& context);

// Returns whether the target is a picture whose shape differs from the output's, as it does after
// padding or stride have changed.
bool target_misfits(const PanelContext& context);
// Scales the target picture to the output's shape, [N, C', H', W'].
void fit_target(const PanelContext& context);
// Opens the dialog that loads a picture file as the target, scaled to the output's size.
void open_target(const PanelContext& context);

}  // namespace convscope::panels
