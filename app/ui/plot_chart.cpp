#include "app/ui/plot_chart.h"

#include <algorithm>
#include <cmath>

#include "app/ui/imgui_shim.h"

namespace convscope::ui {
namespace {

constexpr float kRowPitch = 30.0f;  // pixels at scale 1 between two grid lines, at least

float widest(const Theme& theme, const std::vector<AxisTick>& ticks) {
  float width = 0.0f;
  for (const AxisTick& tick : ticks)
    width = std::max(width, label_size(theme, tick.text).x);
  return width;
}

// As many ticks below the axis as have room for their labels.
std::vector<AxisTick> choose_x_ticks(const Theme& theme, const Chart& chart, float width,
                                     bool whole) {
  for (int most = std::max(2, static_cast<int>(width / theme.px(50.0f))); most > 1; --most) {
    std::vector<AxisTick> ticks = axis_ticks(chart.x, most, whole);
    float right = -1e9f;  // of the label before
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

}  // namespace

std::size_t point_count(const PlotSeries& series) {
  return std::min(series.x.size(), series.y.size());
}

ImVec2 label_size(const Theme& theme, std::string_view text) {
  return text_size(theme.font.small, font_size(theme.font.small), text);
}

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
    for (std::size_t i = 0; i < point_count(series); ++i)
      add(series.x[i], series.y[i]);
  }
  for (const PlotMarker& marker : args.markers)
    add(marker.x, marker.y);
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
