#include "app/export/legend.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace convscope::exports {
namespace {

constexpr double kLine = 20.0;
constexpr double kSample = 22.0;  // width of what is explained
constexpr double kBeside = 6.0;   // between it and its text
constexpr double kApart = 18.0;   // between two entries

// Returns where the entries stand, from (0, 0) on.
std::vector<Point> places(const Fonts& fonts, std::span<const LegendEntry> entries, double width) {
  std::vector<Point> at;
  Point next;
  for (const LegendEntry& entry : entries) {
    const double length = kSample + kBeside + fonts.width(Weight::kRegular, kSmallSize, entry.text);
    if (next.x > 0.0 && next.x + length > width) next = {0.0, next.y + kLine};
    at.push_back(next);
    next.x += length + kApart;
  }
  return at;
}

void draw_sample(const Pen& pen, const LegendEntry& entry, const Point& middle) {
  const double half = kSample / 2.0;
  const std::array<Point, 2> across = {Point{middle.x - half, middle.y},
                                       Point{middle.x + half, middle.y}};
  switch (entry.sample) {
    case LegendEntry::Sample::kLine:
      pen.canvas.line(across, {entry.rim, 4.5});
      return pen.canvas.line(across, {entry.color, 2.5});
    case LegendEntry::Sample::kTick:
      return pen.canvas.line(across, {entry.color, 2.0});
    case LegendEntry::Sample::kBar:
      return pen.canvas.fill({middle.x - 5.0, middle.y - 5.0, 10.0, 10.0}, entry.color);
    default:
      return draw_mark(pen, entry.sample, middle, entry.color);
  }
}

}  // namespace

double legend_height(const Fonts& fonts, std::span<const LegendEntry> entries, double width) {
  return entries.empty() ? 0.0 : places(fonts, entries, width).back().y + kLine;
}

void draw_legend(const Pen& pen, std::span<const LegendEntry> entries, const Box& area) {
  const std::vector<Point> at = places(pen.fonts, entries, area.width);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Point middle{area.x + at[i].x + kSample / 2.0, area.y + at[i].y + kLine / 2.0};
    draw_sample(pen, entries[i], middle);
    pen.canvas.text({middle.x + kSample / 2.0 + kBeside, middle.y + 4.5}, entries[i].text,
                    {kSmallSize, pen.palette.ink});
  }
}

void draw_dot(const Pen& pen, const Point& at, double radius, Color color) {
  std::array<Point, 32> corners;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const double angle =
        2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners.size());
    corners[i] = {at.x + radius * std::cos(angle), at.y + radius * std::sin(angle)};
  }
  pen.canvas.polygon(corners, color);
}

void draw_mark(const Pen& pen, LegendEntry::Sample sample, const Point& at, Color color) {
  if (sample != LegendEntry::Sample::kCross) {
    const bool ring = sample == LegendEntry::Sample::kRing;
    draw_dot(pen, at, 7.0, kDark);
    draw_dot(pen, at, 5.8, kWhite);
    if (!ring) draw_dot(pen, at, 4.5, color);
    return;
  }
  constexpr double kArm = 7.0;
  for (const bool rim : {true, false}) {
    const LineLook look{rim ? kWhite : color, rim ? 5.0 : 2.5};
    const double arm = rim ? kArm + 1.0 : kArm;
    const std::array<Point, 2> flat = {Point{at.x - arm, at.y}, Point{at.x + arm, at.y}};
    const std::array<Point, 2> upright = {Point{at.x, at.y - arm}, Point{at.x, at.y + arm}};
    pen.canvas.line(flat, look);
    pen.canvas.line(upright, look);
  }
}

}  // namespace convscope::exports
