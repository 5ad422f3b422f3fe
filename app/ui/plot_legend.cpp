#include "app/ui/plot_legend.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/imgui_shim.h"
#include "app/ui/plot_lines.h"
#include "app/ui/text_fit.h"

namespace convscope::ui {
namespace {

constexpr float kSample = 22.0f;  // pixels of a line beside its name at scale 1
constexpr float kSampleGap = 6.0f;

// Returns a label; says in words that its line leaves the chart if there is room for that.
std::string legend_text(const Theme& theme, const Chart& chart, const PlotSeries& series,
                        float room) {
  const std::string name = series.label;
  if (!leaves(chart, series)) return elided(theme.font.small, name, room);
  std::string text = name + ", off the chart ↑";
  if (label_size(theme, text).x <= room) return text;
  return elided(theme.font.small, name, room - label_size(theme, " ↑").x) + " ↑";
}

}  // namespace

Legend make_legend(const Theme& theme, const PlotArgs& args, const Chart& chart, float width) {
  Legend legend;
  const auto labelled = [](const PlotSeries& s) {
    return s.label != nullptr && point_count(s) > 0;
  };
  if (std::ranges::count_if(args.series, labelled) < 2) return legend;
  const float sample = theme.px(kSample + kSampleGap);
  const float pitch = label_size(theme, "0").y + theme.px(2.0f);
  ImVec2 at{0.0f, 0.0f};
  for (const PlotSeries& series : args.series) {
    if (!labelled(series)) continue;
    const std::string text = legend_text(theme, chart, series, width - sample);
    const float length = sample + label_size(theme, text).x;
    if (at.x > 0.0f && at.x + length > width) at = {0.0f, at.y + pitch};
    legend.entries.push_back({&series, text, at});
    legend.size = {std::max(legend.size.x, at.x + length), at.y + pitch};
    at.x += length + theme.px(16.0f);
  }
  return legend;
}

void draw_legend(Ui& ui, const PlotArgs& args, const Legend& legend, ImVec2 min, ImDrawList* list) {
  const Theme& theme = ui.theme;
  const float half = label_size(theme, "0").y * 0.5f;
  for (const Legend::Entry& entry : legend.entries) {
    const ImVec2 at{min.x + entry.at.x, min.y + entry.at.y};
    const float middle = std::round(at.y + half);
    const float end = at.x + theme.px(kSample);
    const std::array<ImVec2, 2> line = {{{at.x, middle}, {end, middle}}};
    const PlotSeries& series = *entry.series;
    draw_line(list, line, {series.color, theme.px(series.width), series.dashed, theme.scale});
    draw_label_text(theme, list, {end + theme.px(kSampleGap), at.y}, theme.color.muted, entry.text);
  }
  ui.items.add(std::string(args.id) + "/legend", min,
               {min.x + legend.size.x, min.y + legend.size.y});
}

}  // namespace convscope::ui
