#pragma once

#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "app/look/plot_axis.h"
#include "app/ui/names.h"
#include "app/ui/plot.h"
#include "app/ui/theme.h"

// The layout of a chart.
namespace convscope::ui {

inline constexpr float kPlotGap = 8.0f;  // pixels between the labels and the lines at scale 1

struct Chart {
  ImVec2 min, max;            // everything
  ImVec2 plot_min, plot_max;  // inside the axes
  PlotAxis x, y;
  std::vector<AxisTick> x_ticks, y_ticks;

  float width() const { return plot_max.x - plot_min.x; }
  float height() const { return plot_max.y - plot_min.y; }
  // Only absurd values are beyond the ends of an axis; they are clamped because they would be
  // infinite pixels.
  ImVec2 at(double px, double py) const {
    const auto along = [](const PlotAxis& axis, double value) {
      return static_cast<float>(std::clamp(axis.fraction(value), 0.0, 1.0));
    };
    return {plot_min.x + along(x, px) * width(), plot_max.y - along(y, py) * height()};
  }
};

// Returns the number of points of a series.
std::size_t point_count(const PlotSeries& series);
// Returns the size of a label in the small font.
ImVec2 label_size(const Theme& theme, std::string_view text);

void draw_label_text(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color,
                     std::string_view text);

// A series in pixels, in a chart whose axes are chosen and placed.
struct ChartLines {
  std::vector<std::vector<ImVec2>> runs;  // its uninterrupted parts
  std::vector<ImVec2> exits;              // where it leaves the chart at the top or comes back
};
ChartLines lines_of(const Chart& chart, const PlotSeries& series);
// Returns whether the line leaves the chart at the top.
bool leaves(const Chart& chart, const PlotSeries& series);

// Returns how many points of the lines, a few pixels apart, lie in a rectangle.
int crossings(std::span<const ChartLines> lines, ImVec2 min, ImVec2 max);

// Chooses which labels along an axis are drawn: from the first one on, those that stay `gap` pixels
// away from the one drawn before. `at` has their middles and `lengths` how long they are along it.
std::vector<std::size_t> labels_apart(std::span<const float> at, std::span<const float> lengths,
                                      float gap);

// Chooses both axes; returns false if there is nothing to show.
bool choose_axes(const PlotArgs& args, Chart& chart);
// Places the axes and their ticks; `top` is the lower edge of the legend. The labels stay inside
// the chart's area.
void lay_out(const Theme& theme, const PlotArgs& args, float top, Chart& chart);

}  // namespace convscope::ui
