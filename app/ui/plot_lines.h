#pragma once

#include <imgui.h>

#include <span>
#include <vector>

#include "app/ui/names.h"

// Draws the lines of charts, in pixels.
namespace convscope::ui {

struct LineStyle {
  ImU32 color = 0;
  float width = 1.0f;  // pixels
  bool dashed = false;
  float scale = 1.0f;  // of the dashes
};

// Returns fewer points with which the line looks the same: of successive points in one column of
// pixels, the first, the lowest, the highest and the last.
std::vector<ImVec2> thinned(std::span<const ImVec2> points);

// Returns the dashes of a line as lines on it, beginning with a dash.
std::vector<std::vector<ImVec2>> dashes(std::span<const ImVec2> points, float dash, float gap);

// Splits the line where it turns by more than 120 degrees, because ImGui draws such joints too
// thin.
std::vector<std::span<const ImVec2>> smooth_parts(std::span<const ImVec2> points);

// Draws a line. A dashed line that is so long that it fills its chart is drawn pale instead, since
// dashes would not be visible.
void draw_line(ImDrawList* list, std::span<const ImVec2> points, const LineStyle& style);

}  // namespace convscope::ui
