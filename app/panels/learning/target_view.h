#pragma once

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/stroke.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The target of the learning, which can be drawn on where it is a picture of its own.
struct TargetViewState {
  ui::HeatmapViewState heatmap;
  Brush brush;
  StrokeState stroke;
  float controls = 0.0f;  // their height
};

// Inside a card.
void draw_target_view(const PanelContext& context, TargetViewState& state, ImVec2 size);

// Makes the target a picture that can be drawn on: the one that there is if it fits, else a copy of
// the present output.
void draw_own_target(const PanelContext& context);

// Whether the target picture has another shape than the output: padding or stride changed since.
bool target_misfits(const PanelContext& context);
// Scales the target picture to the output's shape.
void fit_target(const PanelContext& context);
// Asks for a file to be loaded as the target, scaled to the output's size.
void open_target(const PanelContext& context);

}  // namespace convscope::panels
