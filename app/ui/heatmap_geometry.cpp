#include "app/ui/heatmap_geometry.h"

#include <algorithm>
#include <cmath>

#include "app/ui/within.h"

namespace convscope::ui {
namespace {

// Lengths in pixels at scale 1.
constexpr double kShortSide = 24.0;  // minimum length of the shorter side of a fitted plane
// With smaller cells than this a plane is not shown whole, so that its shorter side has kShortSide.
constexpr double kSmallestWhole = 4.5;
constexpr double kLargestCell = 160.0;  // maximum cell size when zooming

double whole_cell(const PlaneExtent& extent) {
  return std::min(extent.area_width / static_cast<double>(extent.columns()),
                  extent.area_height / static_cast<double>(extent.rows()));
}

// Returns the origin of the fitted plane with its ring on one axis: centred, or at the start if it
// is longer than the area.
double fitted_origin(double area, double length) {
  return length > area ? 0.0 : std::floor((area - length) / 2.0);
}

struct Axis {
  double area;
  double cells;
};

double panned_origin(const Axis& axis, double origin, double cell, double delta) {
  const double slack = axis.area - axis.cells * cell;
  double lo = std::min(slack, 0.0);
  double hi = 0.0;
  if (slack > 0.0) lo = hi = slack / 2.0;
  return std::clamp(origin + delta, std::min(lo, origin), std::max(hi, origin));
}

// Returns the origin of the plane with its ring.
PixelPoint origin_of(const PlaneExtent& extent, const PlaneLayout& layout) {
  return {layout.x - static_cast<double>(extent.ring.left) * layout.cell,
          layout.y - static_cast<double>(extent.ring.top) * layout.cell};
}

PlaneView view_of(const PlaneExtent& extent, double cell, PixelPoint origin) {
  const auto fraction = [cell](double area, double from, Index cells) {
    return std::clamp((area / 2.0 - from) / (cell * static_cast<double>(cells)), 0.0, 1.0);
  };
  return {false, cell / fitted_cell(extent),
          fraction(extent.area_width, origin.x, extent.columns()),
          fraction(extent.area_height, origin.y, extent.rows())};
}

}  // namespace

PixelRect PlaneLayout::rect(Index cell_y, Index cell_x, Index rows, Index columns) const {
  const PixelPoint corner = to_pixel(static_cast<double>(cell_y), static_cast<double>(cell_x));
  return {corner.x, corner.y, static_cast<double>(columns) * cell,
          static_cast<double>(rows) * cell};
}

Yx PlaneLayout::cell_at(PixelPoint pixel) const {
  return {static_cast<Index>(std::floor((pixel.y - y) / cell)),
          static_cast<Index>(std::floor((pixel.x - x) / cell))};
}

double fitted_cell(const PlaneExtent& extent) {
  double cell = whole_cell(extent);
  const double shorter = static_cast<double>(std::min(extent.rows(), extent.columns()));
  const double room = std::min(extent.area_width, extent.area_height);
  // Shows a row of a few dozen cells whole, as a thin strip; a longer one would become a hairline.
  if (cell < kSmallestWhole * extent.scale) {
    cell = std::max(cell, std::min(kShortSide * extent.scale, room) / shorter);
  }
  cell = std::min(cell, largest_cell(extent));
  return cell >= 4.0 ? std::floor(cell) : std::max(cell, 1e-6);
}

double largest_cell(const PlaneExtent& extent) {
  return kLargestCell * extent.scale;
}

PlaneLayout layout_plane(const PlaneExtent& extent, const PlaneView& view) {
  PlaneLayout layout;
  layout.cell = fitted_cell(extent);
  const double rows = static_cast<double>(extent.rows());
  const double columns = static_cast<double>(extent.columns());
  if (view.fitted) {
    layout.x = fitted_origin(extent.area_width, columns * layout.cell);
    layout.y = fitted_origin(extent.area_height, rows * layout.cell);
  } else {
    // The view may have been kept from a plane of another size.
    layout.cell = std::min(layout.cell * view.zoom, std::max(layout.cell, largest_cell(extent)));
    layout.x = extent.area_width / 2.0 - view.center_x * columns * layout.cell;
    layout.y = extent.area_height / 2.0 - view.center_y * rows * layout.cell;
  }
  layout.x += static_cast<double>(extent.ring.left) * layout.cell;
  layout.y += static_cast<double>(extent.ring.top) * layout.cell;
  return layout;
}

std::optional<Yx> plane_cell_at(const PlaneExtent& extent, const PlaneLayout& layout,
                                PixelPoint pixel) {
  if (pixel.x < 0.0 || pixel.y < 0.0 || pixel.x >= extent.area_width ||
      pixel.y >= extent.area_height) {
    return std::nullopt;
  }
  const Yx cell = layout.cell_at(pixel);
  if (cell.y < 0 || cell.x < 0 || cell.y >= extent.height || cell.x >= extent.width) {
    return std::nullopt;
  }
  return cell;
}

PlaneView zoomed_at(const PlaneExtent& extent, const PlaneView& view, PixelPoint anchor,
                    double factor) {
  const PlaneLayout before = layout_plane(extent, view);
  const double smallest = std::min(fitted_cell(extent), whole_cell(extent));
  const double cell =
      within(before.cell * factor, smallest, std::max(largest_cell(extent), before.cell));
  if (cell == before.cell) return view;
  if (cell <= smallest && smallest == fitted_cell(extent)) return PlaneView{};
  const PixelPoint origin = origin_of(extent, before);
  // A pointer beside the plane zooms at the nearest edge.
  const auto anchored = [&](double point, double from, Index cells) {
    const double length = static_cast<double>(cells) * before.cell;
    const double p = std::clamp(point, from, from + length);
    return p - (p - from) * cell / before.cell;
  };
  return view_of(extent, cell,
                 {anchored(anchor.x, origin.x, extent.columns()),
                  anchored(anchor.y, origin.y, extent.rows())});
}

PlaneView panned(const PlaneExtent& extent, const PlaneView& view, double dx, double dy) {
  if (!can_pan(extent, view)) return view;
  const PlaneLayout layout = layout_plane(extent, view);
  const PixelPoint origin = origin_of(extent, layout);
  const Axis across{extent.area_width, static_cast<double>(extent.columns())};
  const Axis down{extent.area_height, static_cast<double>(extent.rows())};
  return view_of(extent, layout.cell,
                 {panned_origin(across, origin.x, layout.cell, dx),
                  panned_origin(down, origin.y, layout.cell, dy)});
}

bool can_pan(const PlaneExtent& extent, const PlaneView& view) {
  const PlaneLayout layout = layout_plane(extent, view);
  const PixelPoint origin = origin_of(extent, layout);
  return origin.x < -0.5 || origin.y < -0.5 ||
         origin.x + static_cast<double>(extent.columns()) * layout.cell > extent.area_width + 0.5 ||
         origin.y + static_cast<double>(extent.rows()) * layout.cell > extent.area_height + 0.5;
}

CellRange visible_cells(const PlaneExtent& extent, const PlaneLayout& layout, bool with_ring) {
  const Padding ring = with_ring ? extent.ring : Padding{};
  const Yx first = layout.cell_at({0.0, 0.0});
  const Yx last = layout.cell_at({extent.area_width, extent.area_height});
  const Index y0 = within(first.y, -ring.top, extent.height + ring.bottom);
  const Index x0 = within(first.x, -ring.left, extent.width + ring.right);
  const Index y1 = within(last.y + 1, y0, extent.height + ring.bottom);
  const Index x1 = within(last.x + 1, x0, extent.width + ring.right);
  return {y0, x0, y1 - y0, x1 - x0};
}

}  // namespace convscope::ui
