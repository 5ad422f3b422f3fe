#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ui/plot_chart.h"
#include "app/ui/ui.h"

// The names of a chart's lines.
namespace convscope::ui {

// The lines' names, each behind a piece of its line.
struct Legend {
  struct Entry {
    const PlotSeries* series = nullptr;
    std::string text;
    ImVec2 at;  // from the legend's corner
  };
  std::vector<Entry> entries;  // none where there is nothing to tell apart
  ImVec2 size{0.0f, 0.0f};
};

struct PlacedLegend {
  Legend legend;
  ImVec2 min;           // its upper left corner on the screen
  bool inside = false;  // the axes, where lines may cross it
};

// In rows within `width`.
Legend make_legend(const Theme& theme, const PlotArgs& args, const Chart& chart, float width);

// One name a row in the corner of the chart with the fewest lines, the upper right one at best;
// several a row where the chart is too low. Empty where it has no room.
std::optional<PlacedLegend> place_legend_inside(const Theme& theme, const PlotArgs& args,
                                                const Chart& chart,
                                                std::span<const ChartLines> lines);

// Pales the grid behind a legend inside the axes; comes before the lines.
void draw_legend_ground(const Theme& theme, const PlacedLegend& placed, ImDrawList* list);
// Comes after the lines: inside the axes the names have a rim, so that a line that crosses them
// leaves them legible. Registers "id/legend".
void draw_legend(Ui& ui, const PlotArgs& args, const PlacedLegend& placed, ImDrawList* list);

}  // namespace convscope::ui
