#pragma once

#include <imgui.h>

#include <span>
#include <vector>

// The lines of charts in pixels.
namespace convscope::ui {

struct LineStyle {
  ImU32 color = 0;
  float width = 1.0f;  // pixels
  bool dashed = false;
  float scale = 1.0f;  // of the dashes
};

// What a line looks the same with: of the points in one column of pixels that follow each other,
// the first, the lowest, the highest and the last.
std::vector<ImVec2> thinned(std::span<const ImVec2> points);

// The dashes of a line, as lines that lie on it; it begins with one.
std::vector<std::vector<ImVec2>> dashes(std::span<const ImVec2> points, float dash, float gap);

// The line cut where it turns by more than 120 degrees: ImGui joins such parts with lines that are
// too thin.
std::vector<std::span<const ImVec2>> smooth_parts(std::span<const ImVec2> points);

// Dashes of a line so long that it fills its chart would say nothing: it is drawn pale instead.
void draw_line(ImDrawList* list, std::span<const ImVec2> points, const LineStyle& style);

}  // namespace convscope::ui
