#pragma once

#include <string>

#include "app/panels/names.h"
#include "app/ui/heatmap_view.h"

namespace convscope::panels {

// The names of the landscape's axes. They stand beside the picture if it leaves room there, else
// below it, and never cover it.
struct AxisNames {
  std::string x, y;
  float side = 0.0f;  // the width that they take on both sides; 0 if they are below the picture
  float line = 0.0f;  // the height that they take; 0 if they are beside the picture
};

// Chooses where the names stand, in an area of `size` pixels.
AxisNames place_axis_names(const ui::Theme& theme, const std::string& x, const std::string& y,
                           ImVec2 size);

// Draws the names around the picture from `first` to `last`, of which the area of `event` shows a
// part. Registers "landscape/x-name" and "landscape/y-name".
void draw_axis_names(ui::Ui& ui, const AxisNames& names, const ui::HeatmapEvent& event,
                     ImVec2 first, ImVec2 last);

// Outlines the place between the axes that the keyboard has reached.
void draw_keyed_cell(const ui::Ui& ui, const ui::HeatmapEvent& event);

}  // namespace convscope::panels
