#pragma once

#include <optional>

#include "app/look/cell_strips.h"
#include "app/ui/names.h"
#include "engine/core/tensor.h"
#include "engine/ops/conv2d.h"

// Computes where the cells of a plane are on the screen, in pixels relative to the upper left
// corner of the view's area. The plane may have a ring of padding cells around it. Cell coordinates
// count from the plane's own first cell, so that those of the ring are negative or beyond the
// plane.
namespace convscope::ui {

struct PixelPoint {
  double x = 0.0, y = 0.0;
};
struct PixelRect {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
};

// The sizes that don't change while zooming and panning.
struct PlaneExtent {
  Index height = 0, width = 0;                 // size of the plane in cells
  Padding ring;                                // cells shown around it
  double area_width = 0.0, area_height = 0.0;  // size of the area in pixels
  double scale = 1.0;                          // scale of the interface

  Index rows() const { return height + ring.top + ring.bottom; }
  Index columns() const { return width + ring.left + ring.right; }
};

// Zoom and pan, kept by the owner between frames. The centre is given as fractions of the plane
// with its ring, which stay valid when the area changes its size.
struct PlaneView {
  bool fitted = true;  // whether the whole plane is shown; the other members are ignored then
  double zoom = 1.0;   // cell size relative to the fitted one
  double center_x = 0.5, center_y = 0.5;  // fraction of the plane in the middle of the area
};

// The position of a plane on the screen, in pixels of the area.
struct PlaneLayout {
  double cell = 1.0;        // side of a cell
  double x = 0.0, y = 0.0;  // corner of the plane's first cell (inside the ring)

  // Returns the pixel of a point of the plane; the corner of cell (y, x) is at the point (y, x).
  PixelPoint to_pixel(double cell_y, double cell_x) const {
    return {x + cell_x * cell, y + cell_y * cell};
  }
  // Returns the rectangle of rows x columns cells from cell (cell_y, cell_x) on.
  PixelRect rect(Index cell_y, Index cell_x, Index rows = 1, Index columns = 1) const;
  // Returns the cell under a pixel; it may lie outside the plane.
  Yx cell_at(PixelPoint pixel) const;
};

// Returns the cell size that shows the whole plane. It is a whole number of pixels if a cell has
// several, so that all cells look alike. A plane so long that its shorter side would vanish keeps
// some pixels for that side and extends beyond the area.
double fitted_cell(const PlaneExtent& extent);
// Returns the largest cell size that the user can zoom to.
double largest_cell(const PlaneExtent& extent);

// Returns the position of the plane for a view.
PlaneLayout layout_plane(const PlaneExtent& extent, const PlaneView& view);

// Returns the cell under `pixel` if it lies in the plane (not in the ring) and in the area.
std::optional<Yx> plane_cell_at(const PlaneExtent& extent, const PlaneLayout& layout,
                                PixelPoint pixel);

// Returns the view with cells `factor` times as large, within limits; the point of the plane under
// `anchor` stays. Zooming out to the whole plane makes it fitted.
PlaneView zoomed_at(const PlaneExtent& extent, const PlaneView& view, PixelPoint anchor,
                    double factor);

// Returns the view moved by (dx, dy) pixels, at most to the plane's edge.
PlaneView panned(const PlaneExtent& extent, const PlaneView& view, double dx, double dy);

// Returns whether a part of the plane or its ring is outside the area.
bool can_pan(const PlaneExtent& extent, const PlaneView& view);

// Rows [y, y + h) and columns [x, x + w) of cells.
struct CellRange {
  Index y = 0, x = 0, h = 0, w = 0;
  friend bool operator==(const CellRange&, const CellRange&) = default;
};
// Returns the cells that are at least partly in the area, with or without the ring.
CellRange visible_cells(const PlaneExtent& extent, const PlaneLayout& layout, bool with_ring);

}  // namespace convscope::ui
