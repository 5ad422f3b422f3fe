#include "app/ui/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "app/ui/imgui_shim.h"
#include "app/ui/plot_axis.h"
#include "app/ui/plot_lines.h"
#include "app/ui/widgets.h"
#include "engine/number_text.h"

namespace convscope::ui {
namespace {

constexpr float kRowPitch = 30.0f;  // pixels at scale 1 between two grid lines, at least
constexpr float kGap = 8.0f;        // between the labels and the lines

struct Chart {
  ImVec2 min, max;            // all
  ImVec2 plot_min, plot_max;  // inside the axes
  PlotAxis x, y;
  std::vector<AxisTick> x_ticks, y_ticks;

  float width() const { return plot_max.x - plot_min.x; }
  float height() const { return plot_max.y - plot_min.y; }
  // Only absurd values are beyond the ends of an axis; they would be infinite as pixels.
  ImVec2 at(double px, double py) const {
    const auto along = [](const PlotAxis& axis, double value) {
      return static_cast<float>(std::clamp(axis.fraction(value), 0.0, 1.0));
    };
    return {plot_min.x + along(x, px) * width(), plot_max.y - along(y, py) * height()};
  }
};

ImVec2 small_size(const Theme& theme, std::string_view text) {
  return text_size(theme.font.small, font_size(theme.font.small), text);
}

void small_text(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color,
                std::string_view text) {
  draw_text(list, theme.font.small, font_size(theme.font.small),
            {std::round(at.x), std::round(at.y)}, color, text);
}

float widest(const Theme& theme, const std::vector<AxisTick>& ticks) {
  float width = 0.0f;
  for (const AxisTick& tick : ticks)
    width = std::max(width, small_size(theme, tick.text).x);
  return width;
}

std::size_t count(const PlotSeries& series) {
  return std::min(series.x.size(), series.y.size());
}

// Both axes; false where there is nothing to show.
bool choose_axes(const PlotArgs& args, Chart& chart) {
  const PlotAxis kind{0.0, 1.0, args.log_y};
  AxisRange x;
  AxisRange y;
  const auto add = [&](double px, double py) {
    if (!std::isfinite(px) || !kind.shows(py)) return;
    x.add(px);
    y.add(py);
  };
  for (const PlotSeries& series : args.series) {
    for (std::size_t i = 0; i < count(series); ++i)
      add(series.x[i], series.y[i]);
  }
  for (const PlotMarker& marker : args.markers)
    add(marker.x, marker.y);
  if (x.empty()) return false;
  chart.x = tight_axis(x);
  chart.y = roomy_axis(y, args.log_y);
  return true;
}

// As many ticks below the axis as have room for their labels.
std::vector<AxisTick> choose_x_ticks(const Theme& theme, const Chart& chart, float width,
                                     bool whole) {
  for (int most = std::max(2, static_cast<int>(width / theme.px(50.0f))); most > 1; --most) {
    std::vector<AxisTick> ticks = axis_ticks(chart.x, most, whole);
    float right = -1e9f;  // of the label before
    bool fits = true;
    for (const AxisTick& tick : ticks) {
      const float half = small_size(theme, tick.text).x * 0.5f;
      const float at = static_cast<float>(chart.x.fraction(tick.value)) * width;
      fits = fits && at - half >= right;
      right = at + half + theme.px(12.0f);
    }
    if (fits) return ticks;
  }
  return axis_ticks(chart.x, 1, whole);
}

// Where everything is; `top` is below the legend. The labels stay inside of the whole.
void lay_out(const Theme& theme, const PlotArgs& args, float top, Chart& chart) {
  const float line = small_size(theme, "0").y;
  chart.plot_min.y = std::round(top + line * 0.5f);
  chart.plot_max.y = std::round(chart.max.y - line - theme.px(5.0f));
  if (args.x_label != nullptr) chart.plot_max.y -= std::round(line);
  chart.y_ticks =
      axis_ticks(chart.y, std::max(2, static_cast<int>(chart.height() / theme.px(kRowPitch))));
  chart.plot_min.x = std::round(chart.min.x + widest(theme, chart.y_ticks) + theme.px(kGap));
  chart.plot_max.x = std::round(chart.max.x - theme.px(kGap));
  const bool whole = chart.x.lo == std::round(chart.x.lo) && chart.x.hi == std::round(chart.x.hi);
  chart.x_ticks = choose_x_ticks(theme, chart, chart.width(), whole);
  const float half = widest(theme, chart.x_ticks) * 0.5f;
  chart.plot_max.x = std::round(std::min(chart.plot_max.x, chart.max.x - half));
  chart.x_ticks = choose_x_ticks(theme, chart, chart.width(), whole);
}

// The lines' names in rows from the top; returns where they end.
float draw_legend(const Theme& theme, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  const auto labelled = std::ranges::count_if(
      args.series, [](const PlotSeries& s) { return s.label != nullptr && count(s) > 0; });
  if (labelled < 2) return chart.min.y;
  const float line = small_size(theme, "0").y;
  const float sample = theme.px(22.0f);
  ImVec2 at{chart.min.x, chart.min.y};
  for (const PlotSeries& series : args.series) {
    if (series.label == nullptr || count(series) == 0) continue;
    const float room = chart.max.x - chart.min.x - sample - theme.px(6.0f);
    const std::string text = elided(theme.font.small, series.label, room);
    const float width = sample + theme.px(6.0f) + small_size(theme, text).x;
    if (at.x > chart.min.x && at.x + width > chart.max.x) {
      at = {chart.min.x, at.y + line + theme.px(2.0f)};
    }
    const float middle = std::round(at.y + line * 0.5f);
    const std::array<ImVec2, 2> ends = {{{at.x, middle}, {at.x + sample, middle}}};
    draw_line(list, ends, {series.color, theme.px(series.width), series.dashed, theme.scale});
    small_text(theme, list, {at.x + sample + theme.px(6.0f), at.y}, theme.color.muted, text);
    at.x += width + theme.px(16.0f);
  }
  return at.y + line + theme.px(2.0f);
}

void draw_axes(const Theme& theme, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  const float line = small_size(theme, "0").y;
  for (const AxisTick& tick : chart.y_ticks) {
    const float y = std::round(chart.at(chart.x.lo, tick.value).y);
    list->AddRectFilled({chart.plot_min.x, y}, {chart.plot_max.x, y + 1.0f}, theme.color.line);
    const float width = small_size(theme, tick.text).x;
    small_text(theme, list, {chart.plot_min.x - theme.px(kGap) - width, y - line * 0.5f},
               theme.color.muted, tick.text);
  }
  for (const AxisTick& tick : chart.x_ticks) {
    const float width = small_size(theme, tick.text).x;
    const float x = chart.at(tick.value, chart.y.lo).x - width * 0.5f;
    small_text(theme, list,
               {std::clamp(x, chart.min.x, std::max(chart.min.x, chart.max.x - width)),
                chart.plot_max.y + theme.px(5.0f)},
               theme.color.muted, tick.text);
  }
  if (args.x_label == nullptr) return;
  const std::string label = elided(theme.font.small, args.x_label, chart.max.x - chart.min.x);
  const float width = small_size(theme, label).x;
  const float middle = (chart.plot_min.x + chart.plot_max.x - width) * 0.5f;
  small_text(theme, list, {std::max(chart.min.x, middle), chart.max.y - line}, theme.color.muted,
             label);
}

// The unbroken parts of a series, in pixels.
std::vector<std::vector<ImVec2>> runs_of(const Chart& chart, const PlotSeries& series) {
  std::vector<std::vector<ImVec2>> runs(1);
  for (std::size_t i = 0; i < count(series); ++i) {
    if (std::isfinite(series.x[i]) && chart.y.shows(series.y[i])) {
      runs.back().push_back(chart.at(series.x[i], series.y[i]));
    } else if (!runs.back().empty()) {
      runs.emplace_back();
    }
  }
  if (runs.back().empty()) runs.pop_back();
  return runs;
}

void draw_dot(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color, float radius) {
  list->AddCircleFilled(at, theme.px(radius + 1.5f), theme.color.card);
  list->AddCircleFilled(at, theme.px(radius), color);
}

void draw_series(const Theme& theme, const Chart& chart, const PlotSeries& series,
                 ImDrawList* list) {
  const std::vector<std::vector<ImVec2>> runs = runs_of(chart, series);
  for (const std::vector<ImVec2>& run : runs) {
    if (run.size() == 1) {
      list->AddCircleFilled(run[0], theme.px(std::max(series.width, 2.0f)), series.color);
    } else {
      draw_line(list, thinned(run),
                {series.color, theme.px(series.width), series.dashed, theme.scale});
    }
  }
  if (series.marker_at_end && !runs.empty()) {
    draw_dot(theme, list, runs.back().back(), series.color, 5.0f);
  }
}

// The shown point of the first series whose x is nearest.
std::optional<std::pair<double, double>> nearest_point(const PlotArgs& args, const Chart& chart,
                                                       double x) {
  std::optional<std::pair<double, double>> nearest;
  if (args.series.empty()) return nearest;
  const PlotSeries& series = args.series.front();
  for (std::size_t i = 0; i < count(series); ++i) {
    if (!std::isfinite(series.x[i]) || !chart.y.shows(series.y[i])) continue;
    if (!nearest || std::abs(series.x[i] - x) < std::abs(nearest->first - x)) {
      nearest = {series.x[i], series.y[i]};
    }
  }
  return nearest;
}

// A sentence beside a point, on a ground of its own, inside the chart.
void draw_sentence(Ui& ui, const PlotArgs& args, const Chart& chart, ImDrawList* list, ImVec2 point,
                   std::string_view sentence) {
  const Theme& theme = ui.theme;
  const ImVec2 pad{theme.px(8.0f), theme.px(4.0f)};
  const std::string text =
      elided(theme.font.small, sentence, chart.max.x - chart.min.x - 2 * pad.x);
  const ImVec2 extent = small_size(theme, text);
  const ImVec2 size{std::ceil(extent.x + 2 * pad.x), std::ceil(extent.y + 2 * pad.y)};
  const float gap = theme.px(12.0f);
  // Above and to the right; on the other side where there is no room.
  float x = point.x + gap;
  if (x + size.x > chart.plot_max.x) x = point.x - gap - size.x;
  if (x < chart.min.x)
    x = std::clamp(point.x - size.x * 0.5f, chart.min.x,
                   std::max(chart.min.x, chart.max.x - size.x));
  float y = point.y - gap - size.y;
  if (y < chart.min.y) y = std::min(point.y + gap, chart.max.y - size.y);
  const ImVec2 min{std::round(x), std::round(std::max(y, chart.min.y))};
  const ImVec2 max{min.x + size.x, min.y + size.y};
  list->AddRectFilled(min, max, theme.color.line, theme.px(5.0f));
  list->AddRectFilled({min.x + 1, min.y + 1}, {max.x - 1, max.y - 1}, theme.color.card,
                      theme.px(5.0f) - 1);
  small_text(theme, list, {min.x + pad.x, min.y + pad.y}, theme.color.ink, text);
  ui.items.add(std::string(args.id) + "/point", min, max);
}

std::string point_text(const PlotArgs& args, double x, double y) {
  if (args.format_point != nullptr) return args.format_point(x, y);
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
  draw_sentence(ui, args, chart, list, at, point_text(args, nearest->first, nearest->second));
}

void draw_markers(Ui& ui, const PlotArgs& args, const Chart& chart, ImDrawList* list) {
  for (const PlotMarker& marker : args.markers) {
    if (!std::isfinite(marker.x) || !chart.y.shows(marker.y)) continue;
    const ImVec2 at = chart.at(marker.x, marker.y);
    draw_dot(ui.theme, list, at, ui.theme.color.linked, 5.0f);
    if (!marker.text.empty()) draw_sentence(ui, args, chart, list, at, marker.text);
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

}  // namespace

std::optional<double> plot(Ui& ui, const PlotArgs& args) {
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
  ImGui::PopID();
  ui.items.add(args.id, chart.min, chart.max);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!choose_axes(args, chart)) {
    draw_empty(theme, args, chart, list);
    return std::nullopt;
  }
  lay_out(theme, args, draw_legend(theme, args, chart, list), chart);
  if (chart.width() < theme.px(8.0f) || chart.height() < theme.px(8.0f)) return std::nullopt;
  ui.items.add(std::string(args.id) + "/plot", chart.plot_min, chart.plot_max);
  draw_axes(theme, args, chart, list);
  // A marker at the rim may reach a little out of the axes.
  const float rim = theme.px(7.0f);
  list->PushClipRect({chart.plot_min.x - rim, chart.plot_min.y - rim},
                     {chart.plot_max.x + rim, chart.plot_max.y + rim}, true);
  // The first series lies over the others.
  for (std::size_t i = args.series.size(); i-- > 0;)
    draw_series(theme, chart, args.series[i], list);
  list->PopClipRect();
  draw_markers(ui, args, chart, list);
  if (!hovered) return std::nullopt;
  const float across = (ImGui::GetIO().MousePos.x - chart.plot_min.x) / chart.width();
  const double x = chart.x.value(std::clamp(static_cast<double>(across), 0.0, 1.0));
  draw_hover(ui, args, chart, list, x);
  return x;
}

}  // namespace convscope::ui
