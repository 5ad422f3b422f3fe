#include "app/ui/plot_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/ui/imgui_shim.h"
#include "app/ui/plot_lines.h"

namespace convscope::ui {
namespace {

constexpr float kRowPitch = 30.0f;  // least pixels between two grid lines at scale 1

float widest(const Theme& theme, const std::vector<AxisTick>& ticks) {
  float width = 0.0f;
  for (const AxisTick& tick : ticks)
    width = std::max(width, label_size(theme, tick.text).x);
  return width;
}

// Returns as many ticks below the axis as have room for their labels.
std::vector<AxisTick> choose_x_ticks(const Theme& theme, const Chart& chart, float width,
                                     bool whole) {
  for (int most = std::max(2, static_cast<int>(width / theme.px(50.0f))); most > 1; --most) {
    std::vector<AxisTick> ticks = axis_ticks(chart.x, most, whole);
    float right = -1e9f;  // right end of the previous label
    bool fits = true;
    for (const AxisTick& tick : ticks) {
      const float half = label_size(theme, tick.text).x * 0.5f;
      const float at = static_cast<float>(chart.x.fraction(tick.value)) * width;
      fits = fits && at - half >= right;
      right = at + half + theme.px(12.0f);
    }
    if (fits) return ticks;
  }
  return axis_ticks(chart.x, 1, whole);
}

bool is_above(const Chart& chart, const PlotSeries& series, double y) {
  return !series.all_shown && chart.y.shows(y) && y > chart.y.hi;
}

int crossings(const std::vector<std::vector<ImVec2>>& lines, ImVec2 min, ImVec2 max) {
  int count = 0;
  for (const std::vector<ImVec2>& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const ImVec2 to{line[i + 1].x - line[i].x, line[i + 1].y - line[i].y};
      const int steps = 1 + static_cast<int>(std::hypot(to.x, to.y) / 8.0f);
      for (int k = 0; k < steps; ++k) {
        const float t = static_cast<float>(k) / static_cast<float>(steps);
        const ImVec2 at{line[i].x + t * to.x, line[i].y + t * to.y};
        count += at.x >= min.x && at.x <= max.x && at.y >= min.y && at.y <= max.y;
      }
    }
  }
  return count;
}

}  // namespace

std::size_t point_count(const PlotSeries& series) {
  return std::min(series.x.size(), series.y.size());
}

ImVec2 label_size(const Theme& theme, std::string_view text) {
  return text_size(theme.font.small, font_size(theme.font.small), text);
}

bool leaves(const Chart& chart, const PlotSeries& series) {
  for (std::size_t i = 0; i < point_count(series); ++i) {
    if (std::isfinite(series.x[i]) && is_above(chart, series, series.y[i])) return true;
  }
  return false;
}

ChartLines lines_of(const Chart& chart, const PlotSeries& series) {
  ChartLines lines;
  std::vector<std::vector<ImVec2>> runs(1);
  // Returns where the line from point i - 1 to i meets the upper edge.
  const auto cross = [&](std::size_t i) {
    const double from = chart.y.fraction(series.y[i - 1]);
    const double t = (1.0 - from) / (chart.y.fraction(series.y[i]) - from);
    const double x = series.x[i - 1] + std::clamp(t, 0.0, 1.0) * (series.x[i] - series.x[i - 1]);
    lines.exits.push_back(chart.at(x, chart.y.hi));
    runs.back().push_back(lines.exits.back());
  };
  const auto shows = [&](std::size_t i) {
    return std::isfinite(series.x[i]) && chart.y.shows(series.y[i]);
  };
  for (std::size_t i = 0; i < point_count(series); ++i) {
    const bool above = shows(i) && is_above(chart, series, series.y[i]);
    const bool connected = i > 0 && shows(i) && shows(i - 1);
    if (connected && above != is_above(chart, series, series.y[i - 1])) cross(i);
    if (shows(i) && !above) {
      runs.back().push_back(chart.at(series.x[i], series.y[i]));
    } else if (!runs.back().empty()) {
      runs.emplace_back();
    }
  }
  if (runs.back().empty()) runs.pop_back();
  for (const std::vector<ImVec2>& run : runs)
    lines.runs.push_back(thinned(run));
  return lines;
}

int crossings(std::span<const ChartLines> lines, ImVec2 min, ImVec2 max) {
  int count = 0;
  for (const ChartLines& line : lines)
    count += crossings(line.runs, min, max);
  return count;
}

void draw_label_text(const Theme& theme, ImDrawList* list, ImVec2 at, ImU32 color,
                     std::string_view text) {
  draw_text(list, theme.font.small, font_size(theme.font.small),
            {std::round(at.x), std::round(at.y)}, color, text);
}

std::vector<std::size_t> labels_apart(std::span<const float> at, std::span<const float> lengths,
                                      float gap) {
  std::vector<std::size_t> drawn;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const bool apart = drawn.empty() || std::abs(at[i] - at[drawn.back()]) >=
                                            (lengths[i] + lengths[drawn.back()]) * 0.5f + gap;
    if (apart) drawn.push_back(i);
  }
  return drawn;
}

bool choose_axes(const PlotArgs& args, Chart& chart) {
  const PlotAxis kind{0.0, 1.0, args.log_y};
  AxisRange x;
  AxisRange y;
  const auto add = [&](double px, double py, double most) {
    if (!std::isfinite(px) || !kind.shows(py)) return;
    x.add(px);
    if (py <= most) y.add(py);
  };
  const auto add_series = [&](bool all_shown, double most) {
    for (const PlotSeries& series : args.series) {
      if (series.all_shown != all_shown) continue;
      for (std::size_t i = 0; i < point_count(series); ++i)
        add(series.x[i], series.y[i], most);
    }
  };
  constexpr double kAny = std::numeric_limits<double>::infinity();
  add_series(true, kAny);
  for (const PlotMarker& marker : args.markers)
    add(marker.x, marker.y, kAny);
  // Of the other series, includes values not far above; all of them if there is nothing else.
  const double more =
      args.log_y ? y.hi() * 10.0 : y.hi() + 0.5 * std::max(y.hi() - y.lo(), std::abs(y.hi()));
  add_series(false, y.empty() ? kAny : more);
  if (x.empty()) return false;
  chart.x = tight_axis(x);
  chart.y = roomy_axis(y, args.log_y);
  return true;
}

void lay_out(const Theme& theme, const PlotArgs& args, float top, Chart& chart) {
  const float line = label_size(theme, "0").y;
  chart.plot_min.y = std::round(top + line * 0.5f);
  chart.plot_max.y = std::round(chart.max.y - line - theme.px(5.0f));
  if (args.x_label != nullptr) chart.plot_max.y -= std::round(line);
  chart.y_ticks =
      axis_ticks(chart.y, std::max(2, static_cast<int>(chart.height() / theme.px(kRowPitch))));
  chart.plot_min.x = std::round(chart.min.x + widest(theme, chart.y_ticks) + theme.px(kPlotGap));
  chart.plot_max.x = std::round(chart.max.x - theme.px(kPlotGap));
  const bool whole = chart.x.lo == std::round(chart.x.lo) && chart.x.hi == std::round(chart.x.hi);
  chart.x_ticks = choose_x_ticks(theme, chart, chart.width(), whole);
  const float half = widest(theme, chart.x_ticks) * 0.5f;
  chart.plot_max.x = std::round(std::min(chart.plot_max.x, chart.max.x - half));
  chart.x_ticks = choose_x_ticks(theme, chart, chart.width(), whole);
}

}  // namespace convscope::ui
