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

constexpr float kRim = 4.0f;  // of the ground around an inner legend

// Draws the text with a rim of the card's colour.
void rimmed_text(const Theme& theme, ImDrawList* list, ImVec2 at, std::string_view text) {
  const float r = std::max(1.0f, std::round(theme.px(1.0f)));
  for (const ImVec2 by : {ImVec2{-r, 0}, ImVec2{r, 0}, ImVec2{0, -r}, ImVec2{0, r}, ImVec2{-r, -r},
                          ImVec2{r, r}, ImVec2{-r, r}, ImVec2{r, -r}}) {
    draw_label_text(theme, list, {at.x + by.x, at.y + by.y}, theme.color.card, text);
  }
  draw_label_text(theme, list, at, theme.color.ink, text);
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

std::optional<PlacedLegend> place_legend_inside(const Theme& theme, const PlotArgs& args,
                                                const Chart& chart,
                                                std::span<const ChartLines> lines) {
  const float rim = theme.px(kRim);
  const float room = chart.width() - 4 * rim;
  const auto fits = [&](const Legend& legend) {
    return legend.size.x <= room && legend.size.y <= chart.height() - 2 * rim;
  };
  Legend legend = make_legend(theme, args, chart, theme.px(kSample + kSampleGap) + room * 0.6f);
  if (!fits(legend)) legend = make_legend(theme, args, chart, room);
  if (legend.entries.empty() || !fits(legend)) return std::nullopt;
  const float left = chart.plot_min.x + 2 * rim;
  const float right = chart.plot_max.x - 2 * rim - legend.size.x;
  const float top = chart.plot_min.y + rim;
  const float bottom = chart.plot_max.y - rim - legend.size.y;
  const std::array<ImVec2, 4> corners = {
      {{right, top}, {left, bottom}, {left, top}, {right, bottom}}};
  const auto count = [&](ImVec2 at) {
    return crossings(lines, at, {at.x + legend.size.x, at.y + legend.size.y});
  };
  const ImVec2 at = *std::ranges::min_element(corners, {}, count);
  return PlacedLegend{std::move(legend), {std::round(at.x), std::round(at.y)}, true};
}

void draw_legend_ground(const Theme& theme, const PlacedLegend& placed, ImDrawList* list) {
  const float rim = theme.px(kRim);
  const ImVec2 min = placed.min;
  const ImVec2 size = placed.legend.size;
  list->AddRectFilled({min.x - rim, min.y - rim * 0.5f},
                      {min.x + size.x + rim, min.y + size.y + rim * 0.5f},
                      faded(theme.color.card, 0.85f), rim);
}

void draw_legend(Ui& ui, const PlotArgs& args, const PlacedLegend& placed, ImDrawList* list) {
  const Theme& theme = ui.theme;
  const float half = label_size(theme, "0").y * 0.5f;
  for (const Legend::Entry& entry : placed.legend.entries) {
    const ImVec2 at{placed.min.x + entry.at.x, placed.min.y + entry.at.y};
    const float middle = std::round(at.y + half);
    const float end = at.x + theme.px(kSample);
    const std::array<ImVec2, 2> line = {{{at.x, middle}, {end, middle}}};
    const PlotSeries& series = *entry.series;
    draw_line(list, line, {series.color, theme.px(series.width), series.dashed, theme.scale});
    const ImVec2 name{end + theme.px(kSampleGap), at.y};
    if (placed.inside) {
      rimmed_text(theme, list, name, entry.text);
    } else {
      draw_label_text(theme, list, name, theme.color.muted, entry.text);
    }
  }
  const ImVec2 size = placed.legend.size;
  ui.items.add(std::string(args.id) + "/legend", placed.min,
               {placed.min.x + size.x, placed.min.y + size.y});
}

}  // namespace convscope::ui
