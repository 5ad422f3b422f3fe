#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ui/names.h"
#include "app/ui/plot_chart.h"
#include "app/ui/ui.h"

// The legend of a chart.
namespace convscope::ui {

// The names of the lines, each after a piece of its line.
struct Legend {
  struct Entry {
    const PlotSeries* series = nullptr;
    std::string text;
    ImVec2 at;  // relative to the legend's corner
  };
  std::vector<Entry> entries;  // empty if there is nothing to tell apart
  ImVec2 size{0.0f, 0.0f};
};

struct PlacedLegend {
  Legend legend;
  ImVec2 min;           // upper left corner on the screen
  bool inside = false;  // inside the axes, where lines may cross it
};

// Lays out a legend in rows within `width`.
Legend make_legend(const Theme& theme, const PlotArgs& args, const Chart& chart, float width);

// Places a legend in the corner of the chart with the fewest lines, preferably the upper right: one
// name a row, or several if the chart is too low. Returns nullopt if there is no room.
std::optional<PlacedLegend> place_legend_inside(const Theme& theme, const PlotArgs& args,
                                                const Chart& chart,
                                                std::span<const ChartLines> lines);

// Pales the grid behind a legend inside the axes; must be drawn before the lines.
void draw_legend_ground(const Theme& theme, const PlacedLegend& placed, ImDrawList* list);
// Draws the legend; must be drawn after the lines. Inside the axes the names have a rim, so that a
// line that crosses them leaves them legible. Registers "id/legend".
void draw_legend(Ui& ui, const PlotArgs& args, const PlacedLegend& placed, ImDrawList* list);

}  // namespace convscope::ui
