#include "app/export/heatmap_block.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/export/bar_block.h"
#include "app/export/cell_numbers.h"
#include "app/look/cell_colors.h"

namespace convscope::exports {
namespace {

constexpr double kSmallestGridCell = 9.0;
constexpr float kVeil = 0.72f;  // of what is held back
constexpr double kLeastBar = 150.0;

bool has_bar(const HeatmapBlock& block, const FigureLook& look) {
  return look.color_bars && !block.style.rgb;
}

// The gap between cells, in units.
double grid_of(double cell) {
  return cell >= 24.0 ? 2.0 : cell >= kSmallestGridCell ? 1.0 : 0.0;
}

// A block with its place.
struct Placed {
  const Pen& pen;
  const HeatmapBlock& block;
  Point corner;  // of the plane's first cell, inside the ring
  double cell = 1.0;

  Box box(Index y, Index x, Index h = 1, Index w = 1) const {
    return {corner.x + static_cast<double>(x) * cell, corner.y + static_cast<double>(y) * cell,
            static_cast<double>(w) * cell, static_cast<double>(h) * cell};
  }
};

// Calls `visit(y, x)` for the cells of the plane and its ring, row by row.
template <typename Visit>
void each_cell(const HeatmapBlock& block, const Visit& visit) {
  const Shape& s = block.tensor->shape();
  for (Index y = -block.ring.top; y < s.h + block.ring.bottom; ++y) {
    for (Index x = -block.ring.left; x < s.w + block.ring.right; ++x)
      visit(y, x);
  }
}

void draw_colors(const Placed& placed) {
  const double gap = grid_of(placed.cell);
  std::vector<Color> colors;
  each_cell(placed.block, [&](Index y, Index x) {
    const Color color = cell_color(placed.pen, placed.block, y, x);
    if (gap == 0.0) {
      colors.push_back(color);
      return;
    }
    Box box = placed.box(y, x);
    box.width -= gap;
    box.height -= gap;
    placed.pen.canvas.fill(box, color);
  });
  if (gap > 0.0) return;
  const Yx cells = shown_cells(placed.block);
  placed.pen.canvas.pixels(
      placed.box(-placed.block.ring.top, -placed.block.ring.left, cells.y, cells.x), cells.y,
      cells.x, colors);
}

// Draws the parts of lines from lower left to upper right that lie in a box.
void draw_hatching(const Placed& placed, const Box& box, Color color) {
  const double pitch = std::round(std::clamp(placed.cell * 0.3, 5.0, 9.0));
  const double first = std::ceil((box.x + box.y) / pitch) * pitch;
  for (double sum = first; sum < box.right() + box.bottom(); sum += pitch) {
    const std::array<Point, 2> ends = {
        Point{std::max(box.x, sum - box.bottom()), std::min(box.bottom(), sum - box.x)},
        Point{std::min(box.right(), sum - box.y), std::max(box.y, sum - box.right())}};
    placed.pen.canvas.line(ends, {color, 1.2});
  }
}

void draw_hatched_cells(const Placed& placed) {
  if (placed.block.hatched.empty() || placed.cell < 4.0) return;
  const double gap = grid_of(placed.cell);
  each_cell(placed.block, [&](Index y, Index x) {
    if (!placed.block.hatched.has_row(y) && !placed.block.hatched.has_column(x)) return;
    Box box = placed.box(y, x);
    box.width -= gap;
    box.height -= gap;
    const Color ink = text_color_on(rgb_of(cell_color(placed.pen, placed.block, y, x)));
    draw_hatching(placed, box, faded(ink, kHatchOpacity));
  });
}

// Marks the cells whose value is beyond the bar, as heatmap_style.h says.
void draw_marks(const Placed& placed) {
  const HeatmapBlock& block = placed.block;
  const double size = std::round(std::clamp(placed.cell * 0.2, 6.0, 12.0));
  if (block.style.rgb || placed.cell < 2.0 * size) return;
  const double side = placed.cell - grid_of(placed.cell);
  const Shape& s = block.tensor->shape();
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      const float value = block.tensor->at(block.sample, block.channel, y, x);
      const bool above = value > block.style.hi;
      if (!is_revealed(block, y, x) || !std::isfinite(value)) continue;
      if (!above && !(value < block.style.lo)) continue;
      const Box box = placed.box(y, x);
      const Point tip = above ? Point{box.x + side, box.y} : Point{box.x, box.y + side};
      const double way = above ? -size : size;
      const std::array<Point, 3> corners = {tip, Point{tip.x + way, tip.y},
                                            Point{tip.x, tip.y - way}};
      placed.pen.canvas.polygon(corners,
                                text_color_on(rgb_of(cell_color(placed.pen, block, y, x))));
    }
  }
}

void draw_outlines(const Placed& placed) {
  const double gap = grid_of(placed.cell);
  for (const Outline& outline : placed.block.outlines) {
    const std::vector<Color> tones = outline_tones(outline.color);
    double thickness = 3.0 + 2.0 * static_cast<double>(tones.size() - 1);
    Box box = placed.box(outline.y, outline.x, outline.h, outline.w);
    box.width -= gap;
    box.height -= gap;
    for (const Color tone : tones) {
      placed.pen.canvas.outline(box, 3.0, {tone, thickness});
      thickness -= 2.0;
    }
  }
}

}  // namespace

Yx shown_cells(const HeatmapBlock& block) {
  const Shape& s = block.tensor->shape();
  return {s.h + block.ring.top + block.ring.bottom, s.w + block.ring.left + block.ring.right};
}

BlockSize size_of(const HeatmapBlock& block, double cell, const Fonts& fonts,
                  const FigureLook& look) {
  const Yx cells = shown_cells(block);
  const double gap = grid_of(cell);
  BlockSize size;
  size.width = std::max(static_cast<double>(cells.x) * cell - gap,
                        head_width(fonts, block.title, block.subtitle));
  size.middle = static_cast<double>(cells.y) * cell - gap;
  if (has_bar(block, look)) {
    size.width = std::max(size.width, kLeastBar);
    size.foot = kBarHeight;
  }
  return size;
}

void draw(const Pen& pen, const HeatmapBlock& block, const Box& area, double cell) {
  const Yx cells = shown_cells(block);
  const double gap = grid_of(cell);
  const double width = static_cast<double>(cells.x) * cell - gap;
  const double height = static_cast<double>(cells.y) * cell - gap;
  const Point corner{std::round(area.x + (area.width - width) / 2.0),
                     std::round(area.y + (area.height - height) / 2.0)};
  const Placed placed{pen,
                      block,
                      {corner.x + static_cast<double>(block.ring.left) * cell,
                       corner.y + static_cast<double>(block.ring.top) * cell},
                      cell};
  draw_head(pen, area.x + area.width / 2.0, corner.y, block.title, block.subtitle);
  draw_colors(placed);
  draw_hatched_cells(placed);
  draw_marks(placed);
  if (pen.look.numbers) draw_numbers(pen, block, placed.corner, cell, cell - gap);
  draw_outlines(placed);
  const bool barred = has_bar(block, pen.look);
  if (barred) {
    const double bar = std::min(area.width, std::max({width, kLeastBar}));
    draw_bar(pen, block, {area.x + (area.width - bar) / 2.0, corner.y + height, bar, kBarHeight});
  }
  if (!block.held_back) return;
  const double top = corner.y - kHeadHeight;
  pen.canvas.fill({area.x, top, area.width, corner.y + height + (barred ? kBarHeight : 0.0) - top},
                  faded(pen.palette.card, kVeil));
}

}  // namespace convscope::exports
