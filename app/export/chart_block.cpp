#include "app/export/chart_block.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/look/plot_axis.h"

namespace convscope::exports {
namespace {

constexpr double kWidth = 440.0;
constexpr double kHeight = 270.0;
constexpr double kLegendLine = 20.0;
constexpr double kKeyLength = 22.0;  // of the piece of a line in the legend

// A chart with its axes placed.
struct Placed {
  PlotAxis x, y;
  std::vector<AxisTick> x_ticks, y_ticks;
  Box plot;
  Point at(double px, double py) const {
    return {plot.x + std::clamp(x.fraction(px), 0.0, 1.0) * plot.width,
            plot.bottom() - y.fraction(py) * plot.height};
  }
};

double text_width(const Fonts& fonts, const std::string& text) {
  return fonts.width(Weight::kRegular, kSmallSize, text);
}

// Chooses both axes, as the window's charts do; false if there is nothing to show.
bool choose_axes(const ChartBlock& block, Placed& placed) {
  const PlotAxis kind{0.0, 1.0, block.log_y};
  AxisRange x;
  AxisRange y;
  const auto add = [&](bool all_shown, double most) {
    for (const ChartSeries& series : block.series) {
      for (std::size_t i = 0; series.all_shown == all_shown && i < series.x.size(); ++i) {
        if (!std::isfinite(series.x[i]) || !kind.shows(series.y[i])) continue;
        x.add(series.x[i]);
        if (series.y[i] <= most) y.add(series.y[i]);
      }
    }
  };
  constexpr double kAny = std::numeric_limits<double>::infinity();
  add(true, kAny);
  const double more =
      block.log_y ? y.hi() * 10.0 : y.hi() + 0.5 * std::max(y.hi() - y.lo(), std::abs(y.hi()));
  add(false, y.empty() ? kAny : more);
  if (x.empty()) return false;
  placed.x = tight_axis(x);
  placed.y = roomy_axis(y, block.log_y);
  return true;
}

void place(const Pen& pen, const ChartBlock& block, const Box& area, Placed& placed) {
  placed.plot = area;
  const double below = 22.0 + (block.x_label.empty() ? 0.0 : 18.0);
  placed.plot.y += 8.0;
  placed.plot.height -= 8.0 + below;
  placed.y_ticks = axis_ticks(placed.y, std::max(2, static_cast<int>(placed.plot.height / 30.0)));
  double widest = 0.0;
  for (const AxisTick& tick : placed.y_ticks)
    widest = std::max(widest, text_width(pen.fonts, tick.text));
  placed.plot.x += widest + 8.0;
  placed.plot.width -= widest + 8.0 + 14.0;
  const bool whole =
      placed.x.lo == std::round(placed.x.lo) && placed.x.hi == std::round(placed.x.hi);
  placed.x_ticks =
      axis_ticks(placed.x, std::max(2, static_cast<int>(placed.plot.width / 60.0)), whole);
}

void draw_axes(const Pen& pen, const ChartBlock& block, const Placed& placed) {
  const Box& plot = placed.plot;
  const TextStyle label{kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter};
  for (const AxisTick& tick : placed.y_ticks) {
    const double y = std::round(plot.bottom() - placed.y.fraction(tick.value) * plot.height) + 0.5;
    const std::array<Point, 2> line = {Point{plot.x, y}, Point{plot.right(), y}};
    pen.canvas.line(line, {pen.palette.line, 1.0});
    pen.canvas.text({plot.x - 8.0, y + 4.5}, tick.text,
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kRight});
  }
  for (const AxisTick& tick : placed.x_ticks) {
    const double x = plot.x + placed.x.fraction(tick.value) * plot.width;
    const std::array<Point, 2> line = {Point{std::round(x) + 0.5, plot.bottom()},
                                       Point{std::round(x) + 0.5, plot.bottom() + 4.0}};
    pen.canvas.line(line, {pen.palette.muted, 1.0});
    pen.canvas.text({x, plot.bottom() + 18.0}, tick.text, label);
  }
  const double base = std::round(plot.bottom()) + 0.5;
  const std::array<Point, 2> axis = {Point{plot.x, base}, Point{plot.right(), base}};
  pen.canvas.line(axis, {pen.palette.muted, 1.0});
  if (!block.x_label.empty())
    pen.canvas.text({plot.x + plot.width / 2.0, plot.bottom() + 36.0}, block.x_label, label);
}

// Draws the parts of a line that the chart shows, up to where it leaves the chart at the top.
void draw_series(const Pen& pen, const ChartBlock& block, const Placed& placed,
                 const ChartSeries& series) {
  std::vector<Point> run;
  const auto end_run = [&] {
    if (run.size() == 1 && !series.dashed)
      pen.canvas.fill({run[0].x - 3.0, run[0].y - 3.0, 6.0, 6.0}, series.color);
    pen.canvas.line(run, {series.color, series.dashed ? 1.5 : 2.5, series.dashed});
    run.clear();
  };
  for (std::size_t i = 0; i < series.x.size() && series.x[i] <= block.until; ++i) {
    if (!std::isfinite(series.x[i]) || !placed.y.shows(series.y[i])) {
      end_run();
      continue;
    }
    const Point to = placed.at(series.x[i], series.y[i]);
    if (to.y < placed.plot.y) {
      if (!run.empty()) {
        const Point from = run.back();
        const double share = (placed.plot.y - from.y) / (to.y - from.y);
        run.push_back({from.x + share * (to.x - from.x), placed.plot.y});
      }
      end_run();
      continue;
    }
    run.push_back(to);
  }
  end_run();
}

bool has_legend(const ChartBlock& block) {
  return std::ranges::count_if(block.series,
                               [](const ChartSeries& s) { return !s.label.empty(); }) > 1;
}

// Draws the legend in rows and returns its height.
double draw_legend(const Pen& pen, const ChartBlock& block, const Box& area) {
  if (!has_legend(block)) return 0.0;
  double x = area.x;
  double y = area.y;
  for (const ChartSeries& series : block.series) {
    if (series.label.empty()) continue;
    const double width = kKeyLength + 6.0 + text_width(pen.fonts, series.label);
    if (x > area.x && x + width > area.right()) {
      x = area.x;
      y += kLegendLine;
    }
    const std::array<Point, 2> key = {Point{x, y + 9.0}, Point{x + kKeyLength, y + 9.0}};
    pen.canvas.line(key, {series.color, series.dashed ? 1.5 : 2.5, series.dashed});
    pen.canvas.text({x + kKeyLength + 6.0, y + 13.5}, series.label, {kSmallSize, pen.palette.ink});
    x += width + 18.0;
  }
  return y + kLegendLine - area.y;
}

}  // namespace

BlockSize size_of(const ChartBlock& block, const Fonts& fonts) {
  return {std::max(kWidth, head_width(fonts, block.title, block.subtitle)), kHeight, 0.0};
}

void draw(const Pen& pen, const ChartBlock& block, const Box& area) {
  draw_head(pen, area.x + area.width / 2.0, area.y, block.title, block.subtitle);
  Box room{area.x + (area.width - kWidth) / 2.0, area.y + (area.height - kHeight) / 2.0, kWidth,
           kHeight};
  const double legend = draw_legend(pen, block, room);
  room.y += legend;
  room.height -= legend;
  Placed placed;
  if (!choose_axes(block, placed)) {
    pen.canvas.text({room.x + room.width / 2.0, room.y + room.height / 2.0}, "no points",
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter});
    return;
  }
  place(pen, block, room, placed);
  draw_axes(pen, block, placed);
  for (const ChartSeries& series : block.series)
    draw_series(pen, block, placed, series);
}

}  // namespace convscope::exports
