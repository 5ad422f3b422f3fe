#pragma once

#include <optional>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"

// Where the cells of a plane are on the screen: pure arithmetic, in pixels relative to the upper
// left corner of the view's area. The plane may have a ring of padding cells around it; cell
// coordinates count from the plane's own first cell, so that those of the ring are negative or
// beyond the plane.
namespace convscope::ui {

struct PixelPoint {
  double x = 0.0, y = 0.0;
};
struct PixelRect {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
};

// What does not change while one zooms and pans.
struct PlaneExtent {
  Index height = 0, width = 0;                 // cells of the plane
  Padding ring;                                // cells shown around it
  double area_width = 0.0, area_height = 0.0;  // pixels
  double scale = 1.0;                          // of the interface

  Index rows() const { return height + ring.top + ring.bottom; }
  Index columns() const { return width + ring.left + ring.right; }
};

// Zoom and pan; the owner keeps it between frames. Fractions of the plane with its ring survive a
// change of the area's size.
struct PlaneView {
  bool fitted = true;  // shows all; the other members count only where it is false
  double zoom = 1.0;   // cell size relative to the fitted one
  double center_x = 0.5, center_y = 0.5;  // what is in the middle of the area, as a fraction
};

struct PlaneLayout {
  double cell = 1.0;        // pixels a cell
  double x = 0.0, y = 0.0;  // of the corner of the plane's first cell (inside the ring)

  PixelPoint to_pixel(double cell_y, double cell_x) const {
    return {x + cell_x * cell, y + cell_y * cell};
  }
  PixelRect rect(Index cell_y, Index cell_x, Index rows = 1, Index columns = 1) const;
  // Cell under a pixel, which may be outside the plane.
  Yx cell_at(PixelPoint pixel) const;
};

// Whole pixels where a cell has several, so that all cells look alike; a plane so long that the
// shorter side would vanish keeps at least some pixels of it and runs out of the area.
double fitted_cell(const PlaneExtent& extent);
double largest_cell(const PlaneExtent& extent);

PlaneLayout layout_plane(const PlaneExtent& extent, const PlaneView& view);

// The cell under `pixel`, if there is one in the plane (not in the ring) and in the area.
std::optional<Yx> plane_cell_at(const PlaneExtent& extent, const PlaneLayout& layout,
                                PixelPoint pixel);

// Cells are `factor` times as large afterwards, within limits; the point of the plane under
// `anchor` stays there. Zooming out to the whole fits it.
PlaneView zoomed_at(const PlaneExtent& extent, const PlaneView& view, PixelPoint anchor,
                    double factor);

// Moves the plane by (dx, dy) pixels, not further than its edge.
PlaneView panned(const PlaneExtent& extent, const PlaneView& view, double dx, double dy);

// Whether a part of the plane or its ring is outside the area.
bool can_pan(const PlaneExtent& extent, const PlaneView& view);

// Rows and columns of cells that are at least partly in the area, the ring included: [y, y + h).
struct CellRange {
  Index y = 0, x = 0, h = 0, w = 0;
  friend bool operator==(const CellRange&, const CellRange&) = default;
};
CellRange visible_cells(const PlaneExtent& extent, const PlaneLayout& layout, bool with_ring);

// Rows, or columns, next to each other: [first, first + count).
struct CellRun {
  Index first = 0, count = 0;
  friend bool operator==(const CellRun&, const CellRun&) = default;
};

// Rows of a plane with its ring, over its whole width, and columns over its whole height; both in
// order, and no two of them touch.
struct CellStrips {
  std::vector<CellRun> rows, columns;
  bool empty() const { return rows.empty() && columns.empty(); }
  bool has_row(Index y) const;
  bool has_column(Index x) const;
  friend bool operator==(const CellStrips&, const CellStrips&) = default;
};

}  // namespace convscope::ui
