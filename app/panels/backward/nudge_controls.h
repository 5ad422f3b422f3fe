#pragma once

#include <optional>
#include <string>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"

namespace convscope::panels {

// ΔL beside gradient · Δ, and what is to be said of the two.
struct NudgeComparison {
  std::string name;  // "X[0, 2] + 0.1"
  std::string text, tip;
  bool agree = false;
};
// Returns this for the chosen cell; nullopt where none is chosen, or before it is found.
std::optional<NudgeComparison> nudge_comparison(const PanelContext& context);

// Draws the slider that nudges the chosen cell, and what that does to the loss beside what the
// gradient says; nothing where no cell is chosen.
void draw_nudge_controls(const PanelContext& context);

}  // namespace convscope::panels
