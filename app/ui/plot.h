#pragma once

#include <imgui.h>

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/ui/names.h"
#include "app/ui/ui.h"

namespace convscope::ui {

// A line through the points (x[i], y[i]), x ascending. It is interrupted at values that are not
// finite or, on a logarithmic axis, not positive.
struct PlotSeries {
  std::span<const double> x, y;  // of equal length
  ImU32 color = 0;
  float width = 2.5f;  // in pixels at scale 1
  bool dashed = false;
  const char* label = nullptr;  // for the legend, which appears if two series have labels
  bool marker_at_end = false;   // draw a dot at the last point
  // Whether the y axis must contain all values. If not, values far above the others leave the chart
  // at its top, which an arrow and the legend show.
  bool all_shown = true;
};

struct PlotMarker {
  double x = 0.0, y = 0.0;
  std::string text;
};

struct PlotArgs {
  const char* id = "";  // ImGui id, and name in the item registry
  ImVec2 size = {};     // including the labels, in pixels
  std::span<const PlotSeries> series = {};
  bool log_y = true;
  const char* x_label = nullptr;     // below the axis
  const char* empty_text = nullptr;  // shown if there are no points
  // Returns the sentence about the point under the pointer: "step 14 · loss 0.0186".
  std::function<std::string(double x, double y)> format_point = nullptr;
  std::span<const PlotMarker> markers = {};  // points with a text of their own
};

struct PlotEvent {
  std::optional<double> x;  // under the pointer, or of the point that the keyboard has reached
  bool pressed = false;     // a button is held there, or Enter was pressed
};

// Draws a line chart with its legend outside of the axes: above them or, if that would leave too
// little height, to their right. While it is hovered, a hairline and a sentence show the nearest
// point of the first series; with the focus the arrows, Home and End go from point to point.
// Registers `id`
// (everything), "id/plot" (inside the axes), "id/legend", "id/point" while the hovered point is
// shown, "id/end" while the last point is shown instead (if the series has a marker at its end and
// there is a sentence), and "id/leaves" where the last line leaves the chart.
PlotEvent plot(Ui& ui, const PlotArgs& args);

}  // namespace convscope::ui
