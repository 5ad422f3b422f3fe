#include "app/export/bar_block.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/look/cell_colors.h"
#include "engine/core/number_text.h"

namespace convscope::exports {
namespace {

constexpr double kRampHeight = 14.0;
constexpr double kDigitHeight = 0.727;  // of an em

// The numbers at the ends, with equally many digits: as many as fit.
std::array<std::string, 2> end_texts(const Pen& pen, const HeatmapStyle& style, double room) {
  std::array<std::string, 2> texts;
  for (int digits = 4; digits >= 1; --digits) {
    texts = {number_text(static_cast<double>(style.lo), digits),
             number_text(static_cast<double>(style.hi), digits)};
    const auto fits = [&](const std::string& text) {
      return pen.fonts.width(Weight::kRegular, kSmallSize, text) <= room;
    };
    if (fits(texts[0]) && fits(texts[1])) break;
  }
  return texts;
}

bool all_beyond_number(const HeatmapBlock& block) {
  return std::ranges::none_of(block.tensor->plane(block.sample, block.channel),
                              [](float v) { return std::isfinite(v); });
}

// Draws arrows beyond the ends, in the colours of the values that are clipped there.
void draw_beyond(const Pen& pen, const HeatmapBlock& block, const Box& ramp) {
  if (!block.data) return;
  const HeatmapStyle& style = block.style;
  const double middle = ramp.y + ramp.height / 2.0;
  const auto arrow = [&](double x, double tip, float value) {
    const std::array<Point, 3> corners = {Point{x, middle - 5.0}, Point{x, middle + 5.0},
                                          Point{tip, middle}};
    pen.canvas.polygon(corners, pack(map_color(style.map, style.lo, style.hi, value)));
    const std::array<Point, 4> rim = {corners[0], corners[1], corners[2], corners[0]};
    pen.canvas.line(rim, {pen.palette.ink, 1.0});
  };
  if (block.data->lo < style.lo) arrow(ramp.x - 1.0, ramp.x - 6.0, style.lo);
  if (block.data->hi > style.hi) arrow(ramp.right() + 1.0, ramp.right() + 6.0, style.hi);
}

// Writes into the bar: where zero is, or that its ends are percentiles.
void draw_notes(const Pen& pen, const HeatmapStyle& style, const Box& ramp, double baseline) {
  const auto under = [&](double share) {
    return colormap_table(style.map)[static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * 255.0)];
  };
  double zero = 1.0;
  if (style.lo < 0.0f && style.hi > 0.0f) {
    zero = -static_cast<double>(style.lo) /
           (static_cast<double>(style.hi) - static_cast<double>(style.lo));
    if (zero * ramp.width > 10.0 && (1.0 - zero) * ramp.width > 16.0)
      pen.canvas.text({ramp.x + zero * ramp.width, baseline}, "0",
                      {kSmallSize, text_color_on(map_color(style.map, style.lo, style.hi, 0.0f)),
                       Weight::kRegular, Align::kCenter});
  }
  if (!style.percentiles) return;
  const double size = kSmallSize * 0.9;
  const double width = pen.fonts.width(Weight::kRegular, size, kPercentilesNote);
  const double right = ramp.x + std::min(zero, 1.0) * ramp.width - 10.0;
  if (right - width < ramp.x + 4.0) return;
  pen.canvas.text({right, baseline}, kPercentilesNote,
                  {size, text_color_on(under((right - width / 2.0 - ramp.x) / ramp.width)),
                   Weight::kRegular, Align::kRight});
}

}  // namespace

void draw_bar(const Pen& pen, const HeatmapBlock& block, const Box& area) {
  const HeatmapStyle& style = block.style;
  const double top = area.bottom() - kRampHeight - 4.0;
  const double baseline = top + (kRampHeight + kSmallSize * kDigitHeight) / 2.0;
  if (all_beyond_number(block)) {
    pen.canvas.text({area.x + area.width / 2.0, baseline}, "no finite values",
                    {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kCenter});
    return;
  }
  const double room =
      std::min(pen.fonts.width(Weight::kRegular, kSmallSize, "−0.0000"), area.width * 0.22);
  const auto [lo, hi] = end_texts(pen, style, room);
  const double left = pen.fonts.width(Weight::kRegular, kSmallSize, lo) + 8.0;
  const double right = pen.fonts.width(Weight::kRegular, kSmallSize, hi) + 8.0;
  const double side = std::max(left, right);
  const Box ramp{area.x + side, top, area.width - 2.0 * side, kRampHeight};
  pen.canvas.text({ramp.x - 8.0, baseline}, lo,
                  {kSmallSize, pen.palette.muted, Weight::kRegular, Align::kRight});
  pen.canvas.text({ramp.right() + 8.0, baseline}, hi, {kSmallSize, pen.palette.muted});
  std::vector<Color> colors;
  constexpr std::size_t kSteps = 32;
  for (std::size_t i = 0; i <= kSteps; ++i)
    colors.push_back(pack(colormap_table(style.map)[i * 255 / kSteps]));
  pen.canvas.ramp(ramp, colors);
  if (style.map == ColorMap::kGrey) pen.canvas.outline(ramp, 0.0, {pen.palette.muted, 1.0});
  draw_beyond(pen, block, ramp);
  draw_notes(pen, style, ramp, baseline);
}

}  // namespace convscope::exports
