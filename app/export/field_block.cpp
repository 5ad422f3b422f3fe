#include "app/export/field_block.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/export/bar_block.h"
#include "app/export/legend.h"
#include "engine/color/colormap.h"

namespace convscope::exports {
namespace {

constexpr double kSide = 360.0;     // of the picture
constexpr double kAbove = 20.0;     // for the name of the axis upwards
constexpr double kBelow = 42.0;     // for ticks and name of the axis to the right
constexpr double kTickGap = 8.0;    // between the picture and a tick's text
constexpr double kRight = 14.0;     // for half of the last tick's text
constexpr double kLegendGap = 6.0;  // above the legend
constexpr float kPale = 0.69f;

double left_of(const FieldBlock& block, const Fonts& fonts) {
  double widest = 0.0;
  for (const FieldTick& tick : block.y.ticks)
    widest = std::max(widest, fonts.width(Weight::kRegular, kSmallSize, tick.text));
  return std::ceil(widest + kTickGap + 4.0);
}

double width_of(const FieldBlock& block, const Fonts& fonts) {
  return left_of(block, fonts) + kSide + kRight;
}

double legend_of(const FieldBlock& block, const Fonts& fonts) {
  const double height = legend_height(fonts, block.legend, width_of(block, fonts));
  return height > 0.0 ? height + kLegendGap : 0.0;
}

Point point(const Box& plot, const FieldPlace& place) {
  return {plot.x + place.x * plot.width, plot.bottom() - place.y * plot.height};
}

void draw_colors(const Pen& pen, const FieldBlock& block, const Box& plot) {
  const Shape& s = block.tensor->shape();
  std::vector<Color> colors;
  for (const float value : block.tensor->values())
    colors.push_back(pack(map_color(block.style.map, block.style.lo, block.style.hi, value)));
  pen.canvas.pixels(plot, s.h, s.w, colors);
}

// The part of a piece of a line that is in the field, as shares of the piece (Liang and Barsky).
std::optional<std::pair<double, double>> inside(const FieldPlace& a, const FieldPlace& b) {
  double from = 0.0;
  double to = 1.0;
  const auto cut = [&](double start, double way) {
    if (way == 0.0) return start >= 0.0 && start <= 1.0;
    const double first = (way > 0.0 ? 0.0 - start : 1.0 - start) / way;
    const double last = (way > 0.0 ? 1.0 - start : 0.0 - start) / way;
    from = std::max(from, first);
    to = std::min(to, last);
    return from <= to;
  };
  if (!cut(a.x, b.x - a.x) || !cut(a.y, b.y - a.y)) return std::nullopt;
  return std::pair{from, to};
}

// Returns the parts of a line that are in the field.
std::vector<std::vector<Point>> parts(const Box& plot, std::span<const FieldPlace> line) {
  std::vector<std::vector<Point>> runs;
  bool joined = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const FieldPlace& a = line[i - 1];
    const FieldPlace& b = line[i];
    const auto shares = inside(a, b);
    if (!shares) {
      joined = false;
      continue;
    }
    const auto at = [&](double t) {
      return point(plot, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    };
    if (!joined) runs.push_back({at(shares->first)});
    runs.back().push_back(at(shares->second));
    joined = shares->second == 1.0;
  }
  return runs;
}

bool is_inside(const FieldPlace& place) {
  return place.x >= 0.0 && place.x <= 1.0 && place.y >= 0.0 && place.y <= 1.0;
}

void draw_line(const Pen& pen, const Box& plot, const FieldLine& line) {
  const std::vector<std::vector<Point>> runs = parts(plot, line.points);
  for (const auto& run : runs)
    pen.canvas.line(run, {line.rim, 4.0});
  for (const auto& run : runs)
    pen.canvas.line(run, {line.color, 2.0});
  for (const FieldPlace& place : line.points) {
    if (line.dotted && is_inside(place)) draw_dot(pen, point(plot, place), 2.6, line.color);
  }
}

// The corners are brought to the edges of the field, which is right where the area's border runs
// upwards.
void draw_paled(const Pen& pen, const FieldBlock& block, const Box& plot) {
  if (block.paled.empty()) return;
  std::vector<Point> corners;
  for (const FieldPlace& place : block.paled)
    corners.push_back(point(plot, {std::clamp(place.x, 0.0, 1.0), std::clamp(place.y, 0.0, 1.0)}));
  pen.canvas.polygon(corners, faded(pen.palette.card, kPale));
}

void draw_notes(const Pen& pen, const FieldBlock& block, const Box& plot) {
  for (const FieldTick& note : block.notes) {
    const double width = pen.fonts.width(Weight::kRegular, kSmallSize, note.text);
    const double x = plot.x + note.at * plot.width + 4.0;
    if (x + width + 4.0 > plot.right()) continue;
    pen.canvas.fill({x - 3.0, plot.bottom() - 20.0, width + 6.0, 17.0}, faded(kDark, kPale));
    pen.canvas.text({x, plot.bottom() - 7.0}, note.text, {kSmallSize, kWhite});
  }
}

void draw_axes(const Pen& pen, const FieldBlock& block, const Box& plot) {
  const TextStyle centred{kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter};
  const TextStyle right{kSmallSize, pen.palette.muted, Weight::kRegular, Align::kRight};
  for (const FieldTick& tick : block.x.ticks) {
    const double x = plot.x + tick.at * plot.width;
    const std::array<Point, 2> line = {Point{x, plot.bottom()}, Point{x, plot.bottom() + 4.0}};
    pen.canvas.line(line, {pen.palette.muted, 1.0});
    pen.canvas.text({x, plot.bottom() + 18.0}, tick.text, centred);
  }
  for (const FieldTick& tick : block.y.ticks) {
    const double y = plot.bottom() - tick.at * plot.height;
    const std::array<Point, 2> line = {Point{plot.x - 4.0, y}, Point{plot.x, y}};
    pen.canvas.line(line, {pen.palette.muted, 1.0});
    pen.canvas.text({plot.x - kTickGap, y + 4.5}, tick.text, right);
  }
  pen.canvas.text({plot.x + plot.width / 2.0, plot.bottom() + 36.0}, block.x.name + " →", centred);
  pen.canvas.text({plot.x, plot.y - 8.0}, (block.y.down ? "↓ " : "↑ ") + block.y.name,
                  {kSmallSize, pen.palette.muted});
}

}  // namespace

BlockSize size_of(const FieldBlock& block, const Fonts& fonts, const FigureLook& look) {
  const double bar = block.bar && look.color_bars ? kBarHeight : 0.0;
  return {std::max(width_of(block, fonts), head_width(fonts, block.title, block.subtitle)),
          kAbove + kSide + kBelow + legend_of(block, fonts), bar};
}

void draw(const Pen& pen, const FieldBlock& block, const Box& area) {
  draw_head(pen, area.x + area.width / 2.0, area.y, block.title, block.subtitle);
  const double width = width_of(block, pen.fonts);
  const double x = std::round(area.x + (area.width - width) / 2.0);
  const Box plot{x + left_of(block, pen.fonts), std::round(area.y) + kAbove, kSide, kSide};
  draw_colors(pen, block, plot);
  draw_paled(pen, block, plot);
  for (const FieldLine& line : block.lines)
    draw_line(pen, plot, line);
  for (const FieldMark& mark : block.marks) {
    if (is_inside(mark.at)) draw_mark(pen, mark.sample, point(plot, mark.at), mark.color);
  }
  draw_notes(pen, block, plot);
  draw_axes(pen, block, plot);
  draw_legend(pen, block.legend, {x, plot.bottom() + kBelow + kLegendGap, width, 0.0});
  if (!block.bar || !pen.look.color_bars) return;
  HeatmapBlock barred;
  barred.tensor = block.tensor;
  barred.style = block.style;
  const double top = plot.bottom() + kBelow + legend_of(block, pen.fonts);
  draw_bar(pen, barred, {plot.x, top, plot.width, kBarHeight});
}

}  // namespace convscope::exports
