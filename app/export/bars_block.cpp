#include "app/export/bars_block.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/export/legend.h"

namespace convscope::exports {
namespace {

constexpr double kWidth = 440.0;
constexpr double kHeight = 220.0;  // of the axis
constexpr double kAbove = 8.0;     // half of the highest tick's text
constexpr double kBelow = 28.0;    // for what the bars are
constexpr double kLegendGap = 6.0;
constexpr double kWidestBar = 60.0;

double left_of(const BarsBlock& block, const Fonts& fonts) {
  double widest = 0.0;
  for (const FieldTick& tick : block.ticks)
    widest = std::max(widest, fonts.width(Weight::kRegular, kSmallSize, tick.text));
  return std::ceil(widest) + 8.0;
}

double legend_of(const BarsBlock& block, const Fonts& fonts) {
  const double height = legend_height(fonts, block.legend, kWidth);
  return height > 0.0 ? height + kLegendGap : 0.0;
}

void draw_bar(const Pen& pen, const Bar& bar, double left, double width, const Box& plot) {
  const auto y = [&](double share) { return plot.bottom() - share * plot.height; };
  const double top = y(std::max(bar.from, bar.to));
  pen.canvas.fill({left, top, width, std::max(1.0, y(std::min(bar.from, bar.to)) - top)},
                  bar.color);
  for (const auto& [share, color] : bar.ticks) {
    const std::array<Point, 2> line = {Point{left, y(share)}, Point{left + width, y(share)}};
    pen.canvas.line(line, {color, 2.0});
  }
}

// Writes below the first bar and the last, moved inwards where they have more room.
void draw_names(const Pen& pen, const BarsBlock& block, double pitch, const Box& plot) {
  const double y = plot.bottom() + 18.0;
  const auto write = [&](const std::string& text, double middle) {
    const double half = pen.fonts.width(Weight::kRegular, kSmallSize, text) / 2.0;
    const double x =
        std::clamp(middle, plot.x + half, std::max(plot.x + half, plot.right() - half));
    pen.canvas.text({x, y}, text,
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter});
  };
  write(block.first, plot.x + pitch / 2.0);
  if (block.bars.size() > 1) write(block.last, plot.right() - pitch / 2.0);
}

}  // namespace

BlockSize size_of(const BarsBlock& block, const Fonts& fonts) {
  return {std::max(kWidth, head_width(fonts, block.title, block.subtitle)),
          kAbove + kHeight + kBelow + legend_of(block, fonts), 0.0};
}

void draw(const Pen& pen, const BarsBlock& block, const Box& area) {
  draw_head(pen, area.x + area.width / 2.0, area.y, block.title, block.subtitle);
  const double x = std::round(area.x + (area.width - kWidth) / 2.0);
  const double left = left_of(block, pen.fonts);
  const Box plot{x + left, std::round(area.y) + kAbove, kWidth - left, kHeight};
  for (const FieldTick& tick : block.ticks) {
    const double y = std::round(plot.bottom() - tick.at * plot.height) + 0.5;
    const std::array<Point, 2> line = {Point{plot.x, y}, Point{plot.right(), y}};
    pen.canvas.line(line, {pen.palette.line, 1.0});
    pen.canvas.text({plot.x - 8.0, y + 4.5}, tick.text,
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kRight});
  }
  const double pitch =
      plot.width / static_cast<double>(std::max<std::size_t>(1, block.bars.size()));
  const double width = std::min(kWidestBar, pitch > 4.0 ? pitch * 0.7 : pitch);
  for (std::size_t i = 0; i < block.bars.size(); ++i)
    draw_bar(pen, block.bars[i], plot.x + pitch * static_cast<double>(i) + (pitch - width) / 2.0,
             width, plot);
  draw_names(pen, block, pitch, plot);
  draw_legend(pen, block.legend, {x, plot.bottom() + kBelow + kLegendGap, kWidth, 0.0});
}

}  // namespace convscope::exports
