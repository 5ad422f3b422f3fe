#pragma once

#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "app/panels/names.h"
#include "app/ui/ui.h"

namespace convscope::panels {

// The names of the runs that the landscape draws beside the current one, each after a piece of its
// line as in the chart of the loss.
struct RunNames {
  struct Name {
    std::size_t run = 0;  // decides on the colour, as in the chart
    std::string text;
    ImVec2 at;  // relative to the corner of all names
  };
  std::vector<Name> names;
  float height = 0.0f;  // 0 without names
  float left = 0.0f;    // where they begin beside the controls; 0 below the picture
  bool cut = false;     // whether one had no room for all of its name
};

// Places the names in rows within `width` pixels, cut with … where one alone is wider. Runs with an
// empty name are left out.
RunNames place_run_names(const ui::Theme& theme, std::span<const std::string> runs, float width);

// Draws the names with their upper left corner at `min`. Registers "landscape/name/" with the
// number of the run.
void draw_run_names(ui::Ui& ui, const RunNames& names, ImVec2 min);

}  // namespace convscope::panels
