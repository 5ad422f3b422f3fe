#pragma once

#include <imgui.h>

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

// Lays out a legend in rows within `width`.
Legend make_legend(const Theme& theme, const PlotArgs& args, const Chart& chart, float width);

// Draws the legend with its upper left corner at `min`. Registers "id/legend".
void draw_legend(Ui& ui, const PlotArgs& args, const Legend& legend, ImVec2 min, ImDrawList* list);

}  // namespace convscope::ui
