#include "app/ui/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/plot_chart.h"
#include "app/ui/plot_legend.h"
#include "app/ui/plot_lines.h"
#include "app/ui/text_fit.h"
#include "app/ui/within.h"
#include "engine/core/number_text.h"

namespace convscope::ui {
namespace {

// Of a line's height, what digits and capitals take.
constexpr float kDigitShare = 0.72f;

void draw_axes(Ui& ui, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  const Theme& theme = ui.theme;
  const float line = label_size(theme, "0").y;
  std::vector<float> at;
  std::vector<float> lengths;
  for (const AxisTick& tick : chart.y_ticks) {
    at.push_back(std::round(chart.at(chart.x.lo, tick.value).y));
    lengths.push_back(line * kDigitShare);
    list->AddRectFilled({chart.plot_min.x, at.back()}, {chart.plot_max.x, at.back() + 1.0f},
                        theme.color.line);
  }
  for (const std::size_t i : labels_apart(at, lengths, 1.0f)) {
    const std::string& text = chart.y_ticks[i].text;
    const float width = label_size(theme, text).x;
    const ImVec2 min{chart.plot_min.x - theme.px(kPlotGap) - width, at[i] - line * 0.5f};
    draw_label_text(theme, list, min, theme.color.muted, text);
    ui.items.add(std::string(args.id) + "/y/" + text, {min.x, at[i] - lengths[i] * 0.5f},
                 {min.x + width, at[i] + lengths[i] * 0.5f});
  }
  at.clear();
  lengths.clear();
  for (const AxisTick& tick : chart.x_ticks) {
    lengths.push_back(label_size(theme, tick.text).x);
    const float half = lengths.back() * 0.5f;
    at.push_back(within(chart.at(tick.value, chart.y.lo).x, chart.min.x + half,
                        std::max(chart.min.x + half, chart.max.x - half)));
  }
  for (const std::size_t i : labels_apart(at, lengths, theme.px(3.0f))) {
    const std::string& text = chart.x_ticks[i].text;
    const ImVec2 min{at[i] - lengths[i] * 0.5f, chart.plot_max.y + theme.px(5.0f)};
    draw_label_text(theme, list, min, theme.color.muted, text);
    ui.items.add(std::string(args.id) + "/x/" + text, min, {min.x + lengths[i], min.y + line});
  }
  if (args.x_label == nullptr) return;
  const std::string label = elided(theme.font.small, args.x_label, chart.max.x - chart.min.x);
  const float width = label_size(theme, label).x;
  const float middle = (chart.plot_min.x + chart.plot_max.x - width) * 0.5f;
  draw_label_text(theme, list, {std::max(chart.min.x, middle), chart.max.y - line},
                  theme.color.muted, label);
}

using Runs = std::vector<std::vector<ImVec2>>;

void draw_dot(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color, float radius) {
  list->AddCircleFilled(at, theme.px(radius + 1.5f), theme.color.card);
  list->AddCircleFilled(at, theme.px(radius), color);
}

// Draws an upward arrow with its tip at the chart's edge.
void draw_exit(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color) {
  const ImVec2 half{theme.px(6.0f), theme.px(10.0f)};
  list->AddTriangleFilled({at.x - half.x, at.y + half.y}, {at.x, at.y},
                          {at.x + half.x, at.y + half.y}, color);
}

void draw_series(const Theme& theme, const PlotSeries& series, const ChartLines& lines,
                 ImDrawList* list) {
  const Runs& runs = lines.runs;
  for (const ImVec2& exit : lines.exits)
    draw_exit(theme, list, exit, series.color);
  for (const std::vector<ImVec2>& run : runs) {
    if (run.size() == 1) {
      list->AddCircleFilled(run[0], theme.px(std::max(series.width, 2.0f)), series.color);
    } else {
      draw_line(list, run, {series.color, theme.px(series.width), series.dashed, theme.scale});
    }
  }
  if (series.marker_at_end && !runs.empty()) {
    draw_dot(theme, list, runs.back().back(), series.color, 5.0f);
  }
}

// Returns the visible point of the first series whose x is nearest.
std::optional<std::pair<double, double>> nearest_point(const PlotArgs& args, const Chart& chart,
                                                       double x) {
  std::optional<std::pair<double, double>> nearest;
  if (args.series.empty()) return nearest;
  const PlotSeries& series = args.series.front();
  for (std::size_t i = 0; i < point_count(series); ++i) {
    if (!std::isfinite(series.x[i]) || !chart.y.shows(series.y[i])) continue;
    if (!nearest || std::abs(series.x[i] - x) < std::abs(nearest->first - x)) {
      nearest = {series.x[i], series.y[i]};
    }
  }
  return nearest;
}

// Draws a sentence beside a point, on a ground of its own, whole: beyond the chart if need be, and
// in several lines where the display is too narrow. It covers what is drawn later too.
void draw_sentence(Ui& ui, const PlotArgs& args, const Chart& chart, ImVec2 point,
                   std::string_view sentence) {
  const Theme& theme = ui.theme;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const ImVec2 pad{theme.px(8.0f), theme.px(4.0f)};
  const std::vector<std::string_view> lines =
      wrapped_lines(theme.font.small, display.x - 2 * pad.x, sentence);
  const float pitch = label_size(theme, "0").y;
  ImVec2 size{0.0f, std::ceil(pitch * static_cast<float>(lines.size()) + 2 * pad.y)};
  for (const std::string_view line : lines)
    size.x = std::max(size.x, std::ceil(label_size(theme, line).x + 2 * pad.x));
  const float gap = theme.px(12.0f);
  // Above and to the right of the point, or on the other side if there is no room.
  float x = point.x + gap;
  if (x + size.x > chart.plot_max.x) x = point.x - gap - size.x;
  if (x < chart.min.x)
    x = within(point.x - size.x * 0.5f, chart.min.x, std::max(chart.min.x, chart.max.x - size.x));
  float y = point.y - gap - size.y;
  if (y < chart.min.y) y = std::min(point.y + gap, chart.max.y - size.y);
  const ImVec2 min{
      std::round(within(x, 0.0f, std::max(0.0f, display.x - size.x))),
      std::round(within(std::max(y, chart.min.y), 0.0f, std::max(0.0f, display.y - size.y)))};
  const ImVec2 max{min.x + size.x, min.y + size.y};
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(min, max, theme.color.line, theme.px(5.0f));
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, theme.color.card,
                      theme.px(5.0f) - 1);
  float top = min.y + pad.y;
  for (const std::string_view line : lines) {
    draw_label_text(theme, list, {min.x + pad.x, top}, theme.color.ink, line);
    top += pitch;
  }
  ui.items.add(std::string(args.id) + "/point", min, max);
}

std::string point_text(const PlotArgs& args, double x, double y) {
  if (args.format_point) return args.format_point(x, y);
  return number_text(x, 4) + " · " + number_text(y, 4);
}

void draw_hover(Ui& ui, const PlotArgs& args, const Chart& chart, ImDrawList* list, double x) {
  const auto nearest = nearest_point(args, chart, x);
  if (!nearest) return;
  const ImVec2 at = chart.at(nearest->first, nearest->second);
  const float left = std::round(at.x);
  list->AddRectFilled({left, chart.plot_min.y}, {left + 1.0f, chart.plot_max.y},
                      ui.theme.color.muted);
  draw_dot(ui.theme, list, at, args.series.front().color, 4.0f);
  draw_sentence(ui, args, chart, at, point_text(args, nearest->first, nearest->second));
}

// While nothing is hovered, draws the sentence of the last point, on the side of it that has the
// fewest lines.
void draw_end(Ui& ui, const PlotArgs& args, const Chart& chart, std::span<const ChartLines> lines,
              ImDrawList* list) {
  if (args.series.empty() || !args.format_point || !args.series[0].marker_at_end) return;
  const Theme& theme = ui.theme;
  const auto last = nearest_point(args, chart, chart.x.hi);
  if (!last) return;
  const ImVec2 point = chart.at(last->first, last->second);
  const std::string text = args.format_point(last->first, last->second);
  const ImVec2 size = label_size(theme, text);
  const float gap = theme.px(10.0f);
  std::optional<ImVec2> best;
  int fewest = 0;
  for (const bool below : {true, false}) {
    for (const bool left : {true, false}) {
      const ImVec2 min{left ? point.x - gap - size.x : point.x + gap,
                       below ? point.y + gap : point.y - gap - size.y};
      const ImVec2 max{min.x + size.x, min.y + size.y};
      if (min.x < chart.plot_min.x || min.y < chart.plot_min.y || max.x > chart.plot_max.x ||
          max.y > chart.plot_max.y) {
        continue;
      }
      const int count = crossings(lines, min, max);
      if (best && count >= fewest) continue;
      best = min;
      fewest = count;
    }
  }
  if (!best) return;
  const float rim = theme.px(4.0f);
  list->AddRectFilled({best->x - rim, best->y}, {best->x + size.x + rim, best->y + size.y},
                      faded(theme.color.card, 0.85f));  // pales the grid behind the sentence
  draw_label_text(theme, list, *best, theme.color.ink, text);
  ui.items.add(std::string(args.id) + "/end", *best, {best->x + size.x, best->y + size.y});
}

void draw_markers(Ui& ui, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  for (const PlotMarker& marker : args.markers) {
    if (!std::isfinite(marker.x) || !chart.y.shows(marker.y)) continue;
    const ImVec2 at = chart.at(marker.x, marker.y);
    draw_dot(ui.theme, list, at, ui.theme.color.linked, 5.0f);
    if (!marker.text.empty()) draw_sentence(ui, args, chart, at, marker.text);
  }
}

void draw_empty(const Theme& theme, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  if (args.empty_text == nullptr) return;
  ImFont* font = theme.font.small;
  const float wrap = std::max(theme.px(40.0f), chart.max.x - chart.min.x - theme.px(24.0f));
  const ImVec2 size = wrapped_text_size(font, font_size(font), wrap, args.empty_text);
  list->AddText(font, font_size(font),
                {std::round((chart.min.x + chart.max.x - size.x) * 0.5f),
                 std::round((chart.min.y + chart.max.y - size.y) * 0.5f)},
                theme.color.muted, args.empty_text, nullptr, wrap);
}

constexpr float kLowChart = 90.0f;    // pixels inside the axes, at scale 1, that are low
constexpr float kFlatChart = 60.0f;   // that are too low to show a curve
constexpr float kLeastChart = 24.0f;  // where a legend is worth less than the chart
constexpr float kLegendShare = 0.6f;  // of the width, for a legend beside the axes

bool is_whole(const Legend& legend) {
  return std::ranges::none_of(legend.entries, [](const Legend::Entry& entry) {
    return entry.text.find("…") != std::string::npos;
  });
}

// Places the chart with its legend outside of the axes: above them, or to their right where that
// leaves more room to a low chart.
void place_chart(Ui& ui, const PlotArgs& args, Chart& chart, ImDrawList* list) {
  const Theme& theme = ui.theme;
  const ImVec2 min = chart.min;
  const float right = chart.max.x;
  const Legend above = make_legend(theme, args, chart, right - min.x);
  lay_out(theme, args, min.y + above.size.y, chart);
  if (above.entries.empty()) return;
  const float height = chart.height();
  if (height < theme.px(kLowChart)) {
    const float area = std::max(0.0f, height) * chart.width();
    const float gap = theme.px(kPlotGap);
    const Legend beside = make_legend(theme, args, chart, (right - min.x) * kLegendShare);
    chart.max.x = right - beside.size.x - gap;
    lay_out(theme, args, min.y, chart);
    const bool fits = beside.size.y <= chart.max.y - min.y && is_whole(beside);
    const bool larger = chart.width() > 0.0f && chart.height() * chart.width() > area;
    const bool flat = height < theme.px(kFlatChart) && chart.width() >= theme.px(kFlatChart);
    if (fits && (larger || flat)) {
      draw_legend(ui, args, beside, {chart.max.x + gap, min.y}, list);
      return;
    }
    chart.max.x = right;
    lay_out(theme, args, min.y + above.size.y, chart);
  }
  if (height >= theme.px(kLeastChart))
    draw_legend(ui, args, above, min, list);
  else
    lay_out(theme, args, min.y, chart);
}

// Goes from point to point of the first series, from its last one.
std::optional<double> point_by_keys(Focus& focus, const FocusKeys& keys, const PlotArgs& args) {
  if (args.series.empty() || args.series.front().x.empty()) return std::nullopt;
  const std::span<const double> points = args.series.front().x;
  const Index last = std::ssize(points) - 1;
  Index at = std::min(focus.place().value_or(last), last) + keys.x;
  if (key_pressed({Key::kHome})) at = 0;
  if (key_pressed({Key::kEnd})) at = last;
  focus.place() = std::clamp<Index>(at, 0, last);
  return points[static_cast<std::size_t>(*focus.place())];
}

}  // namespace

PlotEvent plot(Ui& ui, const PlotArgs& args) {
  const Theme& theme = ui.theme;
  const ImVec2 size{std::max(1.0f, std::floor(args.size.x)),
                    std::max(1.0f, std::floor(args.size.y))};
  Chart chart;
  chart.min = ImGui::GetCursorScreenPos();
  chart.min = {std::floor(chart.min.x), std::floor(chart.min.y)};
  chart.max = {chart.min.x + size.x, chart.min.y + size.y};
  ImGui::PushID(args.id);
  ImGui::InvisibleButton("##plot", size);
  const bool hovered = ImGui::IsItemHovered();
  const FocusKeys keys = ui.focus.stop({.id = ImGui::GetID("##plot"),
                                        .min = chart.min,
                                        .max = chart.max,
                                        .kind = StopKind::kCells,
                                        .hovered = hovered});
  ImGui::PopID();
  ui.items.add(args.id, chart.min, chart.max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!choose_axes(args, chart)) {
    draw_empty(theme, args, chart, list);
    return {};
  }
  place_chart(ui, args, chart, list);
  if (chart.width() < theme.px(8.0f) || chart.height() < theme.px(8.0f)) return {};
  ui.items.add(std::string(args.id) + "/plot", chart.plot_min, chart.plot_max);
  draw_axes(ui, args, chart, list);
  // A marker at the edge may extend slightly beyond the axes.
  const float rim = theme.px(7.0f);
  list->PushClipRect({chart.plot_min.x - rim, chart.plot_min.y - rim},
                     {chart.plot_max.x + rim, chart.plot_max.y + rim}, true);
  std::vector<ChartLines> lines;
  for (const PlotSeries& series : args.series) {
    lines.push_back(lines_of(chart, series));
    for (const ImVec2& exit : lines.back().exits)
      ui.items.add(std::string(args.id) + "/leaves", exit, exit);
  }
  // The first series is drawn last, over the others.
  for (std::size_t i = args.series.size(); i-- > 0;)
    draw_series(theme, args.series[i], lines[i], list);
  list->PopClipRect();
  draw_markers(ui, args, chart, list);
  PlotEvent event;
  if (keys.focused && ui.focus.leads()) {
    event = {point_by_keys(ui.focus, keys, args), keys.pressed};
  } else if (hovered) {
    const float across = (ImGui::GetIO().MousePos.x - chart.plot_min.x) / chart.width();
    event = {chart.x.value(std::clamp(static_cast<double>(across), 0.0, 1.0)),
             ImGui::IsMouseDown(ImGuiMouseButton_Left)};
  }
  if (event.x)
    draw_hover(ui, args, chart, list, *event.x);
  else
    draw_end(ui, args, chart, lines, list);
  return event;
}

}  // namespace convscope::ui
