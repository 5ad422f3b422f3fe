#pragma once

#include <imgui.h>

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/ui/ui.h"

namespace convscope::ui {

// A line through (x[i], y[i]), x ascending. It is broken at values that are not finite or, on a
// logarithmic axis, not positive.
struct PlotSeries {
  std::span<const double> x, y;  // equally many
  ImU32 color = 0;
  float width = 2.5f;  // at scale 1
  bool dashed = false;
  const char* label = nullptr;  // for the legend, which two labelled series have
  bool marker_at_end = false;   // a dot at the last point
  // Whether the y axis reaches up to all its values. Where it does not, what is far above those
  // that it does reach leaves the chart at its top: an arrow and the legend say so.
  bool all_shown = true;
};

struct PlotMarker {
  double x = 0.0, y = 0.0;
  std::string text;
};

struct PlotArgs {
  const char* id = "";  // ImGui id and name in the item registry
  ImVec2 size = {};     // with its labels, in pixels
  std::span<const PlotSeries> series = {};
  bool log_y = true;
  const char* x_label = nullptr;     // below the axis
  const char* empty_text = nullptr;  // where there are no points
  // The sentence about the point under the pointer: "step 14 · loss 0.0186".
  std::function<std::string(double x, double y)> format_point = nullptr;
  std::span<const PlotMarker> markers = {};  // points with a text of their own
};

// A line chart, its legend above it or, where that would leave it too low, in a corner of it. While
// it is hovered, a hairline and a sentence show the nearest point of the first series. Returns the
// x under the pointer while it is hovered. Registers `id` (all of it) and "id/plot" (inside the
// axes), "id/legend", "id/point" while a point is told of, "id/end" where the last one is while
// nothing is hovered (with a marker at the end and a sentence), and "id/leaves" where the last line
// leaves it.
std::optional<double> plot(Ui& ui, const PlotArgs& args);

}  // namespace convscope::ui
